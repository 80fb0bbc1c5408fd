import { HushError } from './failure.ts';
import { schedulingMode, STANDARD_MODES, type SchedulingMode } from './scheduling.ts';
import { withoutEnds } from '../text/text.ts';

/** Longest address that is sent: longer ones come from no address book. */
const MAX_ADDRESS = 512;

/**
 * A scheduling mode as typed, checked before it can become a header (draft §4.1). Exactly one token, lower case but for
 * `X-…`; no list, no white space, no second line.
 *
 * @throws HushError `MODE_UNKNOWN`
 */
export function checkMode(text: string): SchedulingMode {
  const parsed = schedulingMode.safeParse(text);
  if (parsed.success && text.length <= 64) return parsed.data;
  throw new HushError({
    code: 'MODE_UNKNOWN',
    message: `"${printable(text)}" does not say who is notified. Choose one of ${STANDARD_MODES.join(', ')}.`,
    reaction: 'fix-input',
  });
}

/**
 * A calendar user address as typed, checked before it can become the `Schedule-User-Address` header (draft §4.2): a URI
 * (`mailto:`, `urn:`, `http:`, `https:`) or an absolute path, as `calendar-user-address-set` holds them (RFC 6638
 * §2.4.1). A bare e-mail address becomes a `mailto:` URI.
 *
 * @throws HushError `ADDRESS_INVALID` for anything that could carry a second value, a second header, or no address
 */
export function checkAddress(text: string): string {
  const trimmed = withoutEnds(text, ' ');
  if (trimmed.length > MAX_ADDRESS) throw invalid(text, `is longer than ${MAX_ADDRESS} characters`);
  if (/[^\x21-\x7e]/.test(trimmed))
    throw invalid(text, 'has spaces, line breaks or characters that a header cannot carry');
  if (/[,;<>"\\`{}|^]/.test(trimmed)) throw invalid(text, 'has characters that do not belong in one address');
  const address = !trimmed.includes(':') && !trimmed.startsWith('/') ? `mailto:${trimmed}` : trimmed;
  const shape = SHAPES.find(([start]) => start.test(address));
  if (shape?.[1].test(address) !== true) {
    throw invalid(text, 'is not an address of a calendar user, such as mailto:anna@example.com');
  }
  return address;
}

const SHAPES: readonly (readonly [start: RegExp, whole: RegExp])[] = [
  [/^mailto:/i, /^mailto:[^@:/?#\s]+@[^@:/?#\s]+$/i],
  [/^urn:/i, /^urn:[a-z0-9][a-z0-9-]{0,31}:[^?#]+$/i],
  [/^https?:/i, /^https?:\/\/[^/@?#]+(?:\/[^?#]*)?$/i],
  [/^\//, /^\/(?!\/)[^?#]+$/],
];

function invalid(text: string, why: string): HushError {
  return new HushError({
    code: 'ADDRESS_INVALID',
    message: `The address "${printable(text)}" ${why}.`,
    reaction: 'fix-input',
  });
}

function printable(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}
