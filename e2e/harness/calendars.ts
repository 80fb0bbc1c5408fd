import { plainClient } from '../servers/plain-http.ts';
import type { WatchedPractice } from './watch.ts';

/** What a user's first calendar on the practice server holds, by path. */
export async function readCalendar(practice: WatchedPractice, name: string): Promise<ReadonlyMap<string, string>> {
  const user = practice.user(name);
  const objects = await plainClient(practice, user).readAll(user.calendar);
  return new Map([...objects].map(([path, body]) => [path, body.toString()]));
}
