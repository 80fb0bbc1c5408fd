import { HushError } from '../../../shared/model/failure.ts';
import type { SchedulingMode, Verdict, Workaround, WriteMethod } from '../../../shared/model/scheduling.ts';
import { modeHeaders } from './bundle.ts';
import type { Capability } from './types.ts';

/**
 * The same target with a named way to be quiet that a person chose. It holds only where the verdict offers it, and only
 * for what it can do; everything else is blocked with the reason, so that it never widens a mode by itself.
 */
export function withWorkaround(capability: Capability, chosen: Workaround | undefined): Capability {
  if (chosen === undefined) return capability;
  const judge = (mode: SchedulingMode, methods: readonly WriteMethod[]): Verdict =>
    instead(capability.verdict(mode, methods), methods, chosen);
  return {
    ...capability,
    verdict: judge,
    headers(mode, method, address) {
      const { effective, because } = judge(mode, [method]);
      // The bundle goes along: another run, or a person, may switch scheduling on again in the middle of this one.
      if (effective !== null)
        return address === null ? modeHeaders(effective) : capability.headers(mode, method, address);
      throw new HushError({ code: 'MODE_BLOCKED', message: because, reaction: 'stop-job' });
    },
  };
}

function instead(verdict: Verdict, methods: readonly WriteMethod[], chosen: Workaround): Verdict {
  if (verdict.workarounds?.includes(chosen) !== true) {
    const needless = verdict.effective !== null;
    return blocked(
      verdict,
      needless
        ? `${NAMES[chosen]} is not needed here: ${verdict.because} Do without it.`
        : `${NAMES[chosen]} is not offered here. ${verdict.because}`,
    );
  }
  if (chosen === 'client-agent' && methods.some((method) => method !== 'create')) {
    return blocked(
      verdict,
      'SCHEDULE-AGENT=CLIENT keeps quiet about new events only: replacing or deleting an event would send cancellations.',
    );
  }
  return {
    asked: verdict.asked,
    effective: verdict.asked,
    assurance: 'known',
    because: BECAUSE[chosen],
    alternatives: [],
    checkedAt: verdict.checkedAt,
    undo: UNDO[chosen],
    ...(verdict.evidence === undefined ? {} : { evidence: verdict.evidence }),
    workarounds: [chosen],
  };
}

function blocked(verdict: Verdict, because: string): Verdict {
  const undo = 'Nothing will be written, so there is nothing to undo.';
  return { ...verdict, effective: null, assurance: 'blocked', because, undo };
}

const NAMES: Readonly<Record<Workaround, string>> = {
  'collection-switch': 'Switching the scheduling of the whole calendar off',
  'client-agent': 'Storing new events with SCHEDULE-AGENT=CLIENT',
};

const BECAUSE: Readonly<Record<Workaround, string>> = {
  'collection-switch':
    'As you chose, scheduling of the whole calendar is switched off while the run lasts, and on again at its end.',
  'client-agent':
    'As you chose, new events are stored with SCHEDULE-AGENT=CLIENT, so the server notifies nobody about them.',
};

const SIDE_EFFECTS: Readonly<Record<Workaround, string>> = {
  'collection-switch':
    'While the run lasts, nobody is notified of anything that anybody else changes in this calendar either.',
  'client-agent':
    'The mark SCHEDULE-AGENT=CLIENT stays: scheduling stays off for these events for everybody, until somebody takes it out.',
};

const UNDO: Readonly<Record<Workaround, string>> = {
  'collection-switch': 'An undo switches scheduling off again while it lasts, and notifies nobody either.',
  'client-agent': 'An undo deletes the events, and asks anew whether the server can be quiet about that.',
};

/** What a person must know of a chosen workaround before the run. */
export function workaroundNote(chosen: Workaround | undefined): readonly string[] {
  return chosen === undefined ? [] : [SIDE_EFFECTS[chosen]];
}
