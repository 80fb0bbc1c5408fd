import type { StandardMode, WriteMethod } from '../../../shared/model/scheduling.ts';
import { honouredBy, type Evidence } from './evidence.ts';

/** Why a mode is blocked on a method. */
export function unannounced(mode: StandardMode, method: WriteMethod, evidence: Evidence): string {
  const { known } = evidence;
  const who = known === null ? 'This server' : `This is ${known.product}; it`;
  if (known?.profile.schedules === 'unless-mail-hook') {
    return `${who} does not announce scheduling-controls. It is quiet unless its mail hook is on, which cannot be seen from here.`;
  }
  const other = OTHERS.find((one) => one !== method && reaches(mode, one, evidence));
  if (other !== undefined) {
    return `${who} is known to keep quiet when events are ${DONE[other]}, but not when they are ${DONE[method]}: everybody would be told.`;
  }
  return `${who} does not announce scheduling-controls. It would ignore the request to stay quiet, and tell everybody.`;
}

const OTHERS = ['create', 'update', 'delete'] as const;

const DONE: Readonly<Record<WriteMethod, string>> = {
  create: 'added',
  update: 'replaced',
  delete: 'deleted',
  'delete-collection': 'deleted with their whole calendar',
  proppatch: 'described anew',
};

function reaches(mode: StandardMode, method: 'create' | 'update' | 'delete', evidence: Evidence): boolean {
  if (honouredBy(mode, method, evidence) !== null) return true;
  const { proof } = evidence;
  return mode === 'none' && proof?.control === true && method !== 'delete' && proof[method];
}
