import { NO_FILTER, type PlanRow } from '../../../../../shared/model/plan.ts';
import type { PreparedJob } from '../../../types.ts';
import { calendar } from '../../testing/world.ts';

/** A backup of three events: one that is in the calendar, one that something else holds, one that is nowhere. */
export const three = calendar([
  ['UID:here', 'SUMMARY:here', 'SEQUENCE:1'],
  ['UID:there', 'SUMMARY:there', 'DESCRIPTION:from the backup'],
  ['UID:new', 'SUMMARY:new'],
]);

export async function rowsOf(job: PreparedJob): Promise<readonly PlanRow[]> {
  return (await job.rows(NO_FILTER, 0, 100)).rows;
}

/** What becomes of each event, by its title. */
export async function actionsOf(job: PreparedJob): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await rowsOf(job)).map(({ title, action }) => [title, action]));
}
