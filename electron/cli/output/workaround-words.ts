import type { Verdict, Workaround } from '../../../shared/model/scheduling.ts';

/** What a person can do about a blocked mode on the command line: the test event and the workarounds first. */
export function workaroundWords({ alternatives, workarounds = [], provable }: Verdict): readonly string[] {
  return [...(provable === true ? [CANARY] : []), ...workarounds.map((way) => WAYS[way]), ...alternatives];
}

const CANARY =
  'Find out with a test event whether the server can keep quiet (hushcal canary); it is announced before, and removed again.';

const WAYS: Readonly<Record<Workaround, string>> = {
  'collection-switch':
    'Switch the scheduling of the whole calendar off while the run lasts (--instead collection-switch); it is put back.',
  'client-agent':
    'Store new events with SCHEDULE-AGENT=CLIENT (--instead client-agent); the server never schedules them again.',
};
