import type { Collection, StoredObject } from '../store/model.ts';
import type { Valid } from '../dav/validate.ts';
import type { Call } from '../dav/site.ts';

/** What implicit scheduling made of a write. */
export interface Scheduled {
  /** What is to be stored: the text that was sent, or that text with scheduling parameters. */
  readonly text: string;
  readonly scheduling: boolean;
  /** Delivers to everybody else; called after the object is stored. */
  deliver(object: StoredObject): void;
}

export function scheduleWrite(
  _call: Call,
  _collection: Collection,
  _old: StoredObject | undefined,
  valid: Valid,
): Scheduled {
  return { text: valid.text, scheduling: false, deliver: () => undefined };
}

export function scheduleDelete(_call: Call, _collection: Collection, _old: StoredObject): void {
  return;
}
