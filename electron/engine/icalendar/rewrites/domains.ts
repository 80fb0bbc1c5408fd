import type { ContentLine } from '../lines.ts';
import { encode, splitOutsideQuotes } from '../lines.ts';
import { parameterName, piecesOf, withPieces } from './content-line.ts';
import { rewriteLines, type Rewrite } from './rewrite.ts';
import { withoutEnds } from '../../../../shared/text/text.ts';

/** Parameters that hold calendar user addresses (RFC 5545 §3.2.4, 5, 11, 18). */
const ADDRESSES = new Set(['SENT-BY', 'DELEGATED-TO', 'DELEGATED-FROM', 'MEMBER']);
/** The one that holds a bare mail address (RFC 7986 §6.2). */
const BARE = 'EMAIL';

/** Organizers and guests of one mail domain get the other, wherever they are named; nothing else in the text changes. */
export function domains(pairs: readonly { readonly from: string; readonly to: string }[]): Rewrite {
  const others = new Map(pairs.map(({ from, to }) => [encode(from.toLowerCase()), encode(to)]));
  const words = pairs.map(({ from, to }) => `${from} becomes ${to}`).join(', ');
  const message = `In the addresses of organizer and guests, ${words}.`;
  return (resource) => rewriteLines(resource, (line) => moved(line, others), { code: 'rewrite-domain', message });
}

type Domains = ReadonlyMap<string, string>;

function moved(line: ContentLine, others: Domains): ContentLine {
  if ((line.name !== 'ORGANIZER' && line.name !== 'ATTENDEE') || !line.text.includes('@')) return line;
  const pieces = piecesOf(line);
  if (pieces === null) return line;
  const [name = '', ...parameters] = pieces.head;
  const head = [name, ...parameters.map((piece) => movedParameter(piece, others))];
  return withPieces(line, { head, value: movedAddress(pieces.value, others, false) });
}

function movedParameter(piece: string, others: Domains): string {
  const name = parameterName(piece);
  if (!ADDRESSES.has(name) && name !== BARE) return piece;
  const equals = piece.indexOf('=');
  const values = splitOutsideQuotes(piece.slice(equals + 1), ',').map((value) => {
    const inner = /^"?([^"]*)"?$/.exec(withoutEnds(value, ' \t'))?.[1] ?? '';
    return inner === '' ? value : value.replace(inner, () => movedAddress(inner, others, name === BARE));
  });
  return `${piece.slice(0, equals + 1)}${values.join(',')}`;
}

/** `mailto:someone@from?…` with the other domain; `bare` takes an address without a scheme as well. */
function movedAddress(address: string, others: Domains, bare: boolean): string {
  if (!/^[ \t]*mailto:/i.test(address) && (!bare || address.includes(':'))) return address;
  const query = address.indexOf('?');
  const end = query < 0 ? address.trimEnd().length : query;
  const at = address.lastIndexOf('@', end);
  const to = at < 0 ? undefined : others.get(address.slice(at + 1, end).toLowerCase());
  return to === undefined ? address : `${address.slice(0, at + 1)}${to}${address.slice(end)}`;
}
