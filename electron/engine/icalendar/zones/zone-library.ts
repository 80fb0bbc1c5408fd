import { tzlib_get_ical_block } from 'timezones-ical-library';
import { findIana } from 'windows-iana';

/** The IANA name behind a TZID: itself, one behind a vendor's prefix, or what a Windows name stands for; else null. */
export function ianaName(tzid: string): string | null {
  const known = NAMES.get(tzid);
  if (known !== undefined) return known;
  const name = look(tzid);
  if (NAMES.size > 5000) NAMES.clear();
  NAMES.set(tzid, name);
  return name;
}

const NAMES = new Map<string, string | null>();

function look(tzid: string): string | null {
  const name = tzid.trim();
  if (isIana(name)) return name;
  const windows = windowsName(name);
  if (windows !== null) return windows;
  // `/mozilla.org/20070129_1/Europe/Berlin`, `/freeassociation.sourceforge.net/Tzfile/Europe/Berlin`
  const parts = name.split('/').filter((part) => part !== '');
  for (let at = 1; at < parts.length; at += 1) {
    const tail = parts.slice(at).join('/');
    if (tail.includes('/') && isIana(tail)) return tail;
  }
  return null;
}

function windowsName(name: string): string | null {
  // The library wants its own literal types; any other string simply finds nothing.
  const found = (findIana as (zone: string) => readonly string[])(name)[0];
  return found !== undefined && isIana(found) ? found : null;
}

function isIana(name: string): boolean {
  // Intl also takes offsets such as +01:00 and, in any case, abbreviations such as EST.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * A VTIMEZONE for the TZID out of the library, named exactly as the TZID, CRLF line ends, or null when nobody knows the
 * zone. It holds the rules of today, for all years from 1970 on; for times that are over see zone-history.ts.
 */
export function libraryZone(tzid: string): string | null {
  const name = ianaName(tzid);
  if (name === null) return null;
  const block = libraryBlock(name);
  return block === null ? null : `${block.replace(/\r\nTZID:[^\r\n]*/, `\r\nTZID:${tzid}`).trimEnd()}\r\n`;
}

/** The definition of an IANA zone as the library has it, or null. */
export function libraryBlock(name: string): string | null {
  const found = tzlib_get_ical_block(name);
  const block = typeof found === 'string' ? found : (found[0] ?? '');
  return block.startsWith('BEGIN:VTIMEZONE') ? block : null;
}
