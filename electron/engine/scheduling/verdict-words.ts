import {
  STANDARD_MODES,
  type Assumption,
  type SchedulingMode,
  type Workaround,
  type WriteMethod,
} from '../../../shared/model/scheduling.ts';
import type { Evidence, Step } from './evidence.ts';
import { judgeMethod } from './verdict.ts';
import { isWithin } from './versions.ts';

/** What the admin can do instead, besides what `workaroundsFor` names. */
export function alternatives(
  mode: SchedulingMode,
  methods: readonly WriteMethod[],
  evidence: Evidence,
): readonly string[] {
  if (!STANDARD_MODES.some((standard) => standard === mode)) return [`Choose one of ${STANDARD_MODES.join(', ')}.`];
  if (methods.includes('delete-collection')) {
    return ['Delete the events one by one; the empty calendar can go afterwards.'];
  }
  if (evidence.silent) return ['Choose "Notify nobody", and inform the external guests yourself.'];
  const { profile } = evidence.known ?? {};
  const quiet =
    mode !== 'none' && methods.every((method) => judgeMethod('none', method, evidence).assurance !== 'blocked');
  return [
    ...(quiet ? ['Choose "Notify nobody": this server keeps that.'] : []),
    ...(profile?.instead ?? []),
    'Restore into a server that advertises scheduling-controls, or into the practice server, to try it.',
    'Choose "Notify everyone" (all): for events without guests only, or for all if the people may be notified.',
  ];
}

/** What the admin may know that would unblock this. */
export function assumable({ known, advertised, silent }: Evidence): readonly Assumption[] {
  return !advertised && !silent && known?.profile.schedules === 'unless-mail-hook' ? ['no-mail-hook'] : [];
}

/** What a person may choose by name here, and whether a canary could settle it. */
export function workaroundsFor(
  mode: SchedulingMode,
  methods: readonly WriteMethod[],
  step: Step,
  { known, advertised, silent, proof }: Evidence,
): { readonly workarounds: readonly Workaround[]; readonly provable: boolean } {
  if (mode !== 'none' || advertised || silent) return { workarounds: [], provable: false };
  const onlyNew = methods.every((method) => method === 'create');
  const workarounds = (known?.byRealm === false ? (known.profile.workarounds ?? []) : [])
    .filter(({ versions }) => versions === 'any' || isWithin(known?.version ?? null, versions))
    .map(({ workaround }) => workaround)
    .filter((workaround) => workaround !== 'client-agent' || onlyNew);
  const tries = methods.every((method) => method === 'create' || method === 'update');
  const mayShow = known === null || (known.profile.schedules === 'always' && known.profile.marksNothing !== true);
  return { workarounds, provable: step.assurance === 'blocked' && tries && mayShow && proof === null };
}

/** What the verdict rests on, one sentence each. */
export function evidenceWords(step: Step, { known, advertised, assumed, silent }: Evidence): readonly string[] {
  return [
    known === null
      ? 'The server does not name its product, or it is one that Hushcal does not know.'
      : `The server is ${known.product}, by ${known.byRealm ? 'the realm in which it asks for a login' : 'what it answers'}.`,
    advertised
      ? 'Its DAV header has scheduling-controls for this calendar.'
      : 'Its DAV header has no scheduling-controls for this calendar.',
    ...(silent && assumed && known?.profile.schedules === 'unless-mail-hook'
      ? ['You confirmed that its mail hook is off.']
      : []),
    ...step.evidence,
  ];
}

/** Whether an undo could be silent too: what was created must be deleted, so `none` on PUT says nothing about it. */
export function undoWords(
  mode: SchedulingMode,
  methods: readonly WriteMethod[],
  step: Step,
  evidence: Evidence,
): string {
  if (step.assurance === 'noScheduling') return 'An undo notifies nobody either.';
  const loud = inverse(methods).filter((method) => judgeMethod('none', method, evidence).assurance === 'blocked');
  if (mode === 'none') {
    if (loud.length === 0)
      return 'An undo notifies nobody either: the server takes the same control when it undoes events.';
    return `An undo cannot be silent: ${WHAT[loud.join('+')] ?? WHAT['delete'] ?? ''}, and this server is not known to keep quiet about that.`;
  }
  if (loud.length === 0) return UNDO[mode] ?? '';
  return 'An undo notifies everyone again: with cancellations.';
}

/** The writes that take these back. */
function inverse(methods: readonly WriteMethod[]): readonly WriteMethod[] {
  const back = new Set<WriteMethod>();
  if (methods.includes('create')) back.add('delete');
  if (methods.includes('update')) back.add('update');
  if (methods.includes('delete') || methods.includes('delete-collection')) back.add('create');
  return [...back];
}

const WHAT: Readonly<Record<string, string>> = {
  delete: 'it deletes what was added',
  update: 'it puts the old text over what was replaced',
  create: 'it adds what was deleted',
  'delete+update': 'it deletes what was added and puts the old text over what was replaced',
  'delete+create': 'it deletes what was added and adds what was deleted',
};

const UNDO: Readonly<Record<string, string>> = {
  'internal-only': 'An undo changes the calendars of the other users again, and notifies nobody.',
  'external-only': 'You choose when you undo: notify nobody, or external guests, with cancellations.',
  all: 'You choose when you undo: notify nobody, or everyone who was notified, with cancellations.',
};
