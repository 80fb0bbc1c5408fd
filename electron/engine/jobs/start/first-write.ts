import { HushError } from '../../../../shared/model/failure.ts';
import { openMaker } from '../../caldav/objects/make-calendar.ts';
import type { Connection } from '../../caldav/types.ts';
import { makeCalendar } from '../../run/writing/make-calendar.ts';
import type { RunRequest } from '../../run/run.ts';
import type { RunHead } from '../../run/types.ts';
import { assess } from '../../scheduling/assurance.ts';
import { recognise } from '../../scheduling/recognise.ts';
import { withWorkaround } from '../../scheduling/workaround.ts';
import type { WriteMethod } from '../../../../shared/model/scheduling.ts';
import { headersOf } from './headers.ts';
import type { OpenTarget } from '../target/target.ts';

/**
 * What a run has to do before its first event: make the calendar, where the plan says so, and ask it anew whether it
 * keeps the mode. What its home announces is no proof; without it nothing is written but the empty calendar.
 */
export function firstWriteOf(
  target: OpenTarget,
  head: RunHead,
  connection: Connection,
): Pick<RunRequest, 'begin'> | Record<string, never> {
  const { makes, verdict } = head.summary;
  const mode = verdict.effective;
  if (makes === undefined || mode === null) return {};
  return {
    async begin({ journal, control, before, log }) {
      const { store, capability, missing, properties } = target;
      const perHour = recognise(properties.evidence)?.profile.calendarLimits?.perHour ?? null;
      const waiting = (reason: string, seconds: number): void =>
        log.say({ kind: 'waiting', row: null, title: makes.name, reason, seconds });
      const maker = missing?.maker ?? openMaker(head.spec.calendarUrl, connection);
      const headers = capability.headers(mode, 'proppatch', null);
      try {
        const making = { calendar: makes, maker, store, journal, control, headers, perHour, waiting };
        await makeCalendar({ ...making, before: before.calendar });
      } finally {
        await maker.close();
      }
      const { evidence } = await store.properties();
      const made = withWorkaround(
        assess({ server: evidence, assume: head.spec.assume, proof: target.proof }),
        head.spec.workaround,
      );
      const now = made.verdict(verdict.asked, METHODS);
      if (now.effective === mode) return headersOf(made, now);
      throw new HushError({
        code: 'MODE_BLOCKED',
        message: `The calendar was made, and nothing was written into it: it stays empty at ${makes.url}. ${now.because}`,
        reaction: 'stop-job',
      });
    },
  };
}

/** What is written into a new calendar; a copy of a copy may find its first one there. */
const METHODS: readonly WriteMethod[] = ['create', 'update'];
