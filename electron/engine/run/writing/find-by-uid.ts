import type { FetchedObject } from '../../caldav/types.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import type { RunContext } from '../context.ts';

/** Objects of some UIDs, wherever in the calendar they are; those at an address of the plan are left out. */
export async function findByUid(
  { store, log }: RunContext,
  uids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, FetchedObject>> {
  const planned = new Set(log.steps.map(({ row }) => row.href));
  const others = (await store.list()).objects.map(({ href }) => href).filter((href) => !planned.has(href));
  const found = new Map<string, FetchedObject>();
  for await (const batch of store.fetch(others)) {
    for (const object of batch) {
      if (object.text === null) continue;
      for (const { uid } of summarise(object.text)) if (uids.has(uid)) found.set(uid, object);
    }
  }
  return found;
}
