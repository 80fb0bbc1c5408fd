import { atOnce, type Work } from '../../yielding.ts';
import { childOf, childrenOf, DAV, parsingXml, type XmlElement } from './xml.ts';

/** One `DAV:response` of a multistatus (RFC 4918 §14.24). */
export interface DavResponse {
  /** As the server wrote it, trimmed. */
  readonly href: string;
  /** Status of the response itself; null when it is told by property. */
  readonly status: number | null;
  /** The properties that were found (status 2xx). */
  readonly props: readonly XmlElement[];
  /** Property groups with another status: the status and the names in them. */
  readonly missing: readonly { readonly status: number; readonly names: readonly string[] }[];
  /** The `DAV:error` element, where there is one. */
  readonly error: XmlElement | null;
  readonly description: string;
}

/** Parses a 207 answer; null when it is not a well-formed multistatus. */
export function parseMultistatus(text: string): readonly DavResponse[] | null {
  return atOnce(parsingMultistatus(text));
}

/** The same portion by portion. */
export function* parsingMultistatus(text: string): Work<readonly DavResponse[] | null> {
  const root = yield* parsingXml(text);
  if (root?.namespace !== DAV || root.name !== 'multistatus') return null;
  const responses: DavResponse[] = [];
  for (const element of childrenOf(root, DAV, 'response')) {
    responses.push(toResponse(element));
    yield;
  }
  return responses;
}

function toResponse(element: XmlElement): DavResponse {
  const props: XmlElement[] = [];
  const missing: { status: number; names: readonly string[] }[] = [];
  let error = childOf(element, DAV, 'error');
  for (const propstat of childrenOf(element, DAV, 'propstat')) {
    const status = statusOf(propstat) ?? 200;
    const found = childOf(propstat, DAV, 'prop')?.children ?? [];
    if (status >= 200 && status < 300) props.push(...found);
    else missing.push({ status, names: found.map((prop) => prop.name) });
    error ??= childOf(propstat, DAV, 'error');
  }
  return {
    href: childOf(element, DAV, 'href')?.text.trim() ?? '',
    status: statusOf(element),
    props,
    missing,
    error,
    description: childOf(element, DAV, 'responsedescription')?.text.trim() ?? '',
  };
}

function statusOf(element: XmlElement): number | null {
  const line = childOf(element, DAV, 'status')?.text;
  const code = line === undefined ? undefined : /HTTP\/\d(?:\.\d)?\s+(\d{3})/.exec(line)?.[1];
  return code === undefined ? null : Number(code);
}

/** The found property of that name. */
export function propOf(response: DavResponse | undefined, namespace: string, name: string): XmlElement | null {
  return response?.props.find((prop) => prop.name === name && prop.namespace === namespace) ?? null;
}
