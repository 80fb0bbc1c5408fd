import { openSwitch } from '../../caldav/objects/collection-switch.ts';
import type { Connection } from '../../caldav/types.ts';
import type { RunRequest } from '../../run/run.ts';
import { Switching } from '../../run/writing/switching.ts';
import type { RunHead } from '../../run/types.ts';
import { writerOf } from './announce-headers.ts';
import { firstWriteOf } from './first-write.ts';
import type { OpenTarget } from '../target/target.ts';

/**
 * What a run does before its first event and after its last one: makes the calendar, and switches its scheduling off
 * where a person chose that.
 *
 * @param writes false when nothing is left to write, so that there is only something to put back
 */
export function collaboratorsOf(
  target: OpenTarget,
  head: RunHead,
  connection: Connection,
  writes = true,
): Partial<Pick<RunRequest, 'begin' | 'finish' | 'write'>> {
  const write = writerOf(head, target.capability);
  if (write !== undefined) return { write };
  const making: Pick<RunRequest, 'begin'> = firstWriteOf(target, head, connection);
  if (head.spec.workaround !== 'collection-switch') return making;
  const calendar = openSwitch(head.spec.calendarUrl, connection);
  const switching = new Switching(calendar);
  return {
    async begin(moment) {
      const headers = await making.begin?.(moment);
      if (writes) await switching.begin(moment);
      return headers;
    },
    async finish(moment) {
      try {
        return await switching.finish(moment);
      } finally {
        await calendar.close();
      }
    },
  };
}
