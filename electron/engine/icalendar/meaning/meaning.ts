import { hash } from 'node:crypto';
import type { CanonicalComponent } from './canonical.ts';
import { canonicalComponents } from './canonical.ts';
import type { ContentLine } from '../lines.ts';
import { encode, splitLines } from '../lines.ts';
import { normaliseText } from '../repairs/line-ends.ts';

/**
 * A digest that is equal for texts that are equal in meaning. It does not see: folding, line ends, the order of
 * properties and components, the order and letter case of parameters, needless quotes, values that say the default
 * (INTERVAL=1, PRIORITY:0), other spellings of the same value (`05`, `\N`), lists split or joined, time zone
 * definitions (TZIDs count), PRODID, DTSTAMP, CREATED, LAST-MODIFIED, and what servers add for their own use
 * (SCHEDULE-STATUS, X-RADICALE-…). Whatever else differs is a difference.
 */
export function meaningOf(text: string): string {
  return meaningOfLines(splitLines(normaliseText(encode(text))));
}

/** The same for lines of binary strings. */
export function meaningOfLines(lines: readonly ContentLine[]): string {
  return meaningOfComponents(canonicalComponents(lines));
}

export function meaningOfComponents(components: readonly CanonicalComponent[]): string {
  const form = components.map(canonicalForm).sort().join('\u0001');
  return hash('sha256', form, 'hex').slice(0, 40);
}

const FINGERPRINT = 'text:';

/**
 * Stands for the octets of a text as long as nobody has asked what they mean, which takes much longer to work out:
 * `meaningBehind` does, where it has to be known.
 */
export function fingerprintOf(text: Buffer): string {
  return `${FINGERPRINT}${hash('sha256', text, 'hex').slice(0, 40)}`;
}

/** The meaning that a digest stands for: itself, or that of the text whose fingerprint it is. */
export function meaningBehind(digest: string, text: string): string {
  return digest.startsWith(FINGERPRINT) ? meaningOf(text) : digest;
}

function canonicalForm(component: CanonicalComponent): string {
  const properties = component.properties.map((one) => one.key).sort();
  const inner = component.components.map(canonicalForm).sort();
  return `${component.name}\u0002${properties.join('\u0003')}\u0004${inner.join('\u0005')}\u0006`;
}
