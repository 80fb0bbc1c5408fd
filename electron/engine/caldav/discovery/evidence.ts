import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { childrenOf, DAV } from '../answers/xml.ts';
import { headerText } from '../transport/http.ts';
import type { AnswerHeaders } from '../transport/wire.ts';
import type { ServerEvidence, StatusPage } from '../types.ts';

/** Answer headers of a calendar server's own, which name it or its version. */
export const OWN_HEADERS = ['x-sabre-version', 'x-davical-version'] as const;
/** The same with those that a web server or a framework may have written. */
export const NAMING_HEADERS = ['server', 'x-powered-by', ...OWN_HEADERS] as const;

/** What was answered besides OPTIONS. */
export interface OtherAnswers {
  /** Headers of other requests, whose product names count too. */
  readonly hints?: readonly AnswerHeaders[];
  /** What the collection said about itself by PROPFIND. */
  readonly described?: DavResponse | undefined;
  readonly statusPage?: StatusPage | null;
  readonly realm?: string | null;
}

/** What an OPTIONS answer says. `DAV` may come on several lines, folded, in any case (RFC 4918 §10.1). */
export function toEvidence(
  path: string,
  headers: AnswerHeaders,
  checkedAt: Date,
  { hints = [], described, statusPage = null, realm = null }: OtherAnswers = {},
): ServerEvidence {
  const telling: Record<string, string> = {};
  for (const source of [...hints, headers]) {
    for (const name of NAMING_HEADERS) {
      const text = headerText(source, name);
      if (text !== '') telling[name] = text;
    }
  }
  return {
    davTokens: davTokensOf(headers),
    allow: new Set(tokensIn(headerText(headers, 'allow'), false)),
    headers: telling,
    path,
    privileges: privilegesOf(described),
    statusPage,
    realm,
    checkedAt: checkedAt.toISOString(),
  };
}

export function davTokensOf(headers: AnswerHeaders): ReadonlySet<string> {
  return new Set(tokensIn(headerText(headers, 'dav'), true));
}

/** Privileges of a product's own (RFC 3744 §3) as `{namespace}name`; those of the standards tell no product. */
function privilegesOf(described: DavResponse | undefined): ReadonlySet<string> {
  const set = described === undefined ? null : propOf(described, DAV, 'current-user-privilege-set');
  const all = childrenOf(set, DAV, 'privilege').flatMap(({ children }) => children);
  return new Set(
    all
      .filter(({ namespace }) => namespace !== DAV && !namespace.startsWith('urn:ietf:'))
      .map(({ namespace, name }) => `{${namespace}}${name}`),
  );
}

/** The words of a header that lists them, over all of its lines. */
export function tokensIn(text: string, lower: boolean): readonly string[] {
  return text
    .split(/[,\r\n]+/)
    .map((token) => token.trim())
    .filter((token) => token !== '')
    .map((token) => (lower ? token.toLowerCase() : token.toUpperCase()));
}
