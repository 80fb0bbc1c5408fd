import { encode, rawValue, toLine } from '../lines.ts';
import type { Draft } from './repair.ts';
import { depths, noteRepair } from './repair.ts';

/** CalDAV needs a UID in every component (RFC 4791 §4.1): one made from the content, the same in every run. */
export function addUid(draft: Draft, uid: string): void {
  setUid(draft, uid);
  noteRepair(draft, 'uid-added', 'The event had no UID; it gets one made from its content.');
}

/** Puts `uid` in place of the component's own UID, or right after BEGIN where there is none. */
function setUid(draft: Draft, uid: string): void {
  const depth = depths(draft.lines);
  const line = toLine(`UID:${encode(uid)}`, false, 0);
  const kept = draft.lines.filter((one, at) => !(one.name === 'UID' && depth[at] === 0 && rawValue(one.text) !== uid));
  if (kept.some((one) => one.name === 'UID' && rawValue(one.text) === uid && depth[draft.lines.indexOf(one)] === 0))
    return;
  draft.lines = [...kept.slice(0, 1), line, ...kept.slice(1)];
}
