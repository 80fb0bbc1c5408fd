import { withoutEnd } from '../../../shared/text/text.ts';
/** Longest part of a name that comes from a stranger. */
const LONGEST = 60;
/** Names that Windows keeps for devices. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * Names for the entries of an archive that every program can unpack on every system: letters, digits, `.`, `-` and `_`
 * of ASCII, no device of Windows, and none that differ by upper and lower case only.
 */
export class EntryNames {
  readonly #taken = new Set<string>();

  /** A free name like the wanted one. */
  take(wanted: string, fallback: string, extension = ''): string {
    const base = plain(wanted) || plain(fallback) || 'entry';
    for (let count = 1; ; count += 1) {
      const name = `${base}${count === 1 ? '' : `-${count}`}${extension}`;
      const key = name.toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return name;
    }
  }
}

function plain(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-._]+/, '');
  const safe = withoutEnd(ascii.slice(0, LONGEST), '-._');
  return DEVICES.test(safe.toLowerCase().split('.')[0] ?? '') ? `_${safe}` : safe;
}
