import { headerText } from '../transport/http.ts';
import type { AnswerHeaders } from '../transport/wire.ts';
import type { ServerEvidence } from '../types.ts';

/** Answer headers that name a product or its version. */
const TELLING = [
  'server',
  'x-powered-by',
  'x-sabre-version',
  'x-davical-version',
  'x-baikal-version',
  'x-nextcloud-version',
  'x-owncloud-version',
  'x-zimbra-version',
];

/**
 * What an OPTIONS answer says. `DAV` may come on several lines, folded, in any case (RFC 4918 §10.1).
 *
 * @param hints more answer headers, of other requests, whose product names count too
 */
export function toEvidence(
  path: string,
  headers: AnswerHeaders,
  checkedAt: Date,
  hints: readonly AnswerHeaders[] = [],
): ServerEvidence {
  const telling: Record<string, string> = {};
  for (const source of [...hints, headers]) {
    for (const name of TELLING) {
      const text = headerText(source, name);
      if (text !== '') telling[name] = text;
    }
  }
  return {
    davTokens: new Set(tokens(headerText(headers, 'dav'), true)),
    allow: new Set(tokens(headerText(headers, 'allow'), false)),
    headers: telling,
    path,
    checkedAt: checkedAt.toISOString(),
  };
}

function tokens(text: string, lower: boolean): readonly string[] {
  return text
    .split(/[,\r\n]+/)
    .map((token) => token.trim())
    .filter((token) => token !== '')
    .map((token) => (lower ? token.toLowerCase() : token.toUpperCase()));
}
