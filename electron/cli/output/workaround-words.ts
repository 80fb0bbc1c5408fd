import type { Assumption, Verdict, Workaround } from '../../../shared/model/scheduling.ts';

/** What a person can do about a blocked mode on the command line: the test event and the workarounds first. */
export function workaroundWords({
  alternatives,
  workarounds = [],
  assumable = [],
  provable,
}: Verdict): readonly string[] {
  return [
    ...(provable === true ? [CANARY] : []),
    ...assumable.map((known) => ASSUMED[known]),
    ...workarounds.map((workaround) => SENTENCES[workaround]),
    ...alternatives,
  ];
}

const CANARY =
  'Find out with a test event whether the server can keep quiet (hushcal canary); it is announced before, and removed again.';

const ASSUMED: Readonly<Record<Assumption, string>> = {
  'no-mail-hook': 'If the mail hook of this Radicale is off, confirm it for this run (--assume no-mail-hook).',
};

const SENTENCES: Readonly<Record<Workaround, string>> = {
  'collection-switch':
    'Switch the scheduling of the whole calendar off while the run lasts (--instead collection-switch); it is switched on again.',
  'client-agent':
    'Store new events with SCHEDULE-AGENT=CLIENT (--instead client-agent); the server never schedules them again.',
};
