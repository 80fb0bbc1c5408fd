import { hash } from 'node:crypto';

/*
 * A checksum inside the JSON that it is for, as its last field: whoever reads the file sees plain JSON. It stops damage
 * and accidents; whoever owns the folder can make a new one, for there is no key.
 */

/** `none`: written by a version that made no checksums. */
type Seal = 'good' | 'none' | 'bad';

const END = /,"sum":"([0-9a-f]{32})"\}\n?$/;

/**
 * The text of a JSON object with its checksum.
 *
 * @param owner name of the folder: what was copied from another one does not fit
 */
export function sealed(json: string, owner: string): string {
  const text = json.slice(0, json.lastIndexOf('}'));
  return `${text},"sum":"${sumOf(text, owner)}"}`;
}

export function sealOf(text: string, owner: string): Seal {
  const end = END.exec(text);
  if (end === null) return text.includes('"sum":') ? 'bad' : 'none';
  return sumOf(text.slice(0, end.index), owner) === end[1] ? 'good' : 'bad';
}

/** Half a SHA-256: enough against anything but intent. */
function sumOf(text: string, owner: string): string {
  return hash('sha256', `${owner}\n${text}`).slice(0, 32);
}

/** The checksum that a text carries; null when it has none. */
export function sumIn(text: string): string | null {
  return END.exec(text)?.[1] ?? null;
}
