import { refuse } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Personality } from '../personalities/personality.ts';
import type { Principal } from '../store/model.ts';
import { normalAddress } from '../store/store.ts';
import { element, HUSHCAL } from '../xml/names.ts';

export type Mode = 'all' | 'none' | 'internal-only' | 'external-only';

/** What the headers of a write ask for. */
export interface Controls {
  readonly mode: Mode;
  /** `Schedule-User-Address`: the only address to act as; null lets the server decide. */
  readonly address: string | null;
  /** `Schedule-Reply: F` (RFC 6638 §8.1): deleting tells the organizer nothing. */
  readonly reply: boolean;
  /** An acting address that came in a header which is not checked (Cyrus). */
  readonly unchecked: boolean;
}

export const NO_CONTROLS: Controls = { mode: 'all', address: null, reply: true, unchecked: false };

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const MODES: ReadonlySet<string> = new Set<Mode>(['all', 'none', 'internal-only', 'external-only']);
const isMode = (value: string): value is Mode => MODES.has(value);
/** An absolute URI (RFC 3986 §4.3), visible ASCII only. */
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+;=%]+$/;

const malformed = (name: string, reason: string): Error => refuse(400, element(HUSHCAL, name), reason);

/** Exactly one line with a value; several lines are refused even when they say the same. */
function single(exchange: Exchange, header: string, precondition: string): string | null {
  const lines = exchange.headerLines(header);
  if (lines.length === 0) return null;
  if (lines.length > 1) throw malformed(precondition, `The ${header} header was sent ${String(lines.length)} times.`);
  const value = lines[0]?.trim() ?? '';
  if (value === '') throw malformed(precondition, `The ${header} header is empty.`);
  return value;
}

function modeOf(exchange: Exchange): Mode {
  const value = single(exchange, 'Scheduling', 'valid-scheduling');
  if (value === null) return 'all';
  if (!TOKEN.test(value)) throw malformed('valid-scheduling', `Scheduling must be one token, not "${value}".`);
  const mode = value.toLowerCase();
  if (isMode(mode)) return mode;
  throw refuse(501, element(HUSHCAL, 'supported-scheduling'), `This server does not know the mode "${value}".`);
}

function addressOf(exchange: Exchange): string | null {
  const value = single(exchange, 'Schedule-User-Address', 'valid-schedule-user-address');
  if (value !== null && !URI.test(value)) {
    throw malformed('valid-schedule-user-address', `Schedule-User-Address must be one URI, not "${value}".`);
  }
  return value;
}

/** Reads the draft's headers and those of the personality. Throws 400 or 501 with an element (see README). */
export function readControls(exchange: Exchange, personality: Personality): Controls {
  const reply = exchange.header('schedule-reply')?.trim().toUpperCase() !== 'F';
  const draft = personality.controls === 'draft';
  const acting = personality.actingHeader === null ? undefined : exchange.header(personality.actingHeader)?.trim();
  const silenced = personality.switches.some(({ header, value, anyCase, methods }) => {
    const sent = exchange.header(header)?.trim();
    const same = anyCase ? sent?.toLowerCase() === value.toLowerCase() : sent === value;
    return same && methods.includes(exchange.method);
  });
  const mode = draft ? modeOf(exchange) : 'all';
  const address = draft ? addressOf(exchange) : null;
  if (acting !== undefined && acting !== '') {
    const uri = acting.includes(':') ? acting : `mailto:${acting}`;
    return { mode: silenced ? 'none' : mode, address: uri, reply, unchecked: true };
  }
  return { mode: silenced ? 'none' : mode, address, reply, unchecked: false };
}

/** The addresses a write acts as: all of the calendar owner's, or the one that the header names. Throws 403. */
export function actingAddresses(controls: Controls, owner: Principal, principalUrl: string): readonly string[] {
  const own = [...owner.addresses, principalUrl];
  if (controls.address === null) return own;
  if (controls.unchecked) return [controls.address];
  const asked = normalAddress(controls.address);
  if (own.some((address) => normalAddress(address) === asked)) return [controls.address];
  throw refuse(
    403,
    element(HUSHCAL, 'allowed-schedule-user-address'),
    `${controls.address} is not an address of ${owner.user}, whose calendar this is.`,
  );
}
