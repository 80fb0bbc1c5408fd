import type { IncomingMessage } from 'node:http';
import { parseXml, XmlError, type XmlElement } from '../xml/parse.ts';
import { refusePlain } from './answer.ts';

/** A request, its body read. */
export interface Exchange {
  readonly method: string;
  /** Percent-encoded path without the query. */
  readonly path: string;
  /** The request target as sent. */
  readonly target: string;
  readonly body: Buffer;
  /** The value of a header, lines joined by a comma; undefined when absent. */
  readonly header: (name: string) => string | undefined;
  /** The header's lines as sent. */
  readonly headerLines: (name: string) => readonly string[];
}

/** Reads a request to its end. The body is bounded: what is over the limit is drained and refused with 413. */
export async function readExchange(request: IncomingMessage, limit: number): Promise<Exchange> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // Without an encoding set, a request stream gives Buffers.
    const piece = chunk as Buffer;
    size += piece.length;
    if (size <= limit) chunks.push(piece);
  }
  if (size > limit) throw refusePlain(413, `The body is larger than ${String(limit)} octets.`);
  const url = request.url ?? '/';
  const query = url.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: query < 0 ? url : url.slice(0, query),
    target: url,
    body: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks),
    header: (name) => request.headersDistinct[name.toLowerCase()]?.join(', '),
    headerLines: (name) => request.headersDistinct[name.toLowerCase()] ?? [],
  };
}

/** The request body as XML; null when there is none. Refuses with 400 what is not XML. */
export function xmlBody(exchange: Exchange): XmlElement | null {
  const body = exchange.body.toString('utf8').replace(/^\ufeff/, '');
  if (body.trim() === '') return null;
  try {
    return parseXml(body);
  } catch (error) {
    if (error instanceof XmlError) throw refusePlain(400, `The body is not readable XML: ${error.message}.`);
    throw error;
  }
}
