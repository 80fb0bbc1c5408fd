import type { StandardMode, WriteMethod } from '../../../shared/model/scheduling.ts';
import { honouredBy, type Evidence } from './evidence.ts';

/** Why a mode is blocked on a method: what is known of this server, and no more. Modes with one reason share one sentence. */
export function unannounced(mode: StandardMode, method: WriteMethod, evidence: Evidence): string {
  const { known } = evidence;
  const who =
    known === null
      ? 'This server does not advertise scheduling-controls'
      : `This is ${known.product}; it does not advertise scheduling-controls`;
  if (known?.profile.schedules === 'unless-mail-hook') {
    return `${who}. It is quiet unless its mail hook is on, which cannot be detected.`;
  }
  const other = OTHERS.find((one) => one !== method && reaches(mode, one, evidence));
  if (other !== undefined) {
    return `${who}. It is known to keep quiet when events are ${DONE[other]}, but not when they are ${DONE[method]}.`;
  }
  if (mode !== 'none' && provenQuiet(method, evidence)) {
    return `${who}. A test event showed that it can notify nobody; whether it can notify only some people is not known.`;
  }
  if (known === null) return `${who}, and is none that we know: it may notify people.`;
  if (known.version === null && hasVersions(mode, method, evidence)) {
    return `${who} and does not name its version: some versions notify only whom they are asked to, and this may be another.`;
  }
  return `${who}, and this version is not known to notify only whom it is asked to when events are ${DONE[method]}.`;
}

const OTHERS = ['create', 'update', 'delete'] as const;

const DONE: Readonly<Record<WriteMethod, string>> = {
  create: 'added',
  update: 'replaced',
  delete: 'deleted',
  'delete-collection': 'deleted with their whole calendar',
  proppatch: 'described anew',
};

/** Whether a test event showed that the server stays quiet about this method. */
function provenQuiet(method: WriteMethod, { proof }: Evidence): boolean {
  return proof?.control === true && (method === 'create' || method === 'update') && proof[method];
}

/** Whether some version of the product would do. */
function hasVersions(mode: StandardMode, method: WriteMethod, { known }: Evidence): boolean {
  const rows = known?.profile.honours ?? [];
  return rows.some(
    ({ modes, methods, versions }) => modes.includes(mode) && methods.includes(method) && versions.length > 0,
  );
}

function reaches(mode: StandardMode, method: 'create' | 'update' | 'delete', evidence: Evidence): boolean {
  if (honouredBy(mode, method, evidence) !== null) return true;
  return mode === 'none' && provenQuiet(method, evidence);
}
