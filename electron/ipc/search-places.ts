import type { Engine } from '../engine/engine.ts';
import type { SearchPlace } from '../../shared/model/batch/cleanup.ts';
import { HushError, toFailure } from '../../shared/model/failure.ts';
import type { ServerLogin } from '../../shared/model/batch/mapping-view.ts';
import type { Logins } from './servers/logins.ts';

/** Users who are looked up at the same time. */
const AT_ONCE = 4;

interface FoundPlaces {
  readonly places: readonly SearchPlace[];
  readonly problems: readonly { readonly mailbox: string; readonly message: string }[];
}

/** The calendars and the inbox of each user. Who cannot be logged in for is named and costs no other. */
export async function findPlaces(
  engine: Pick<Engine, 'searchPlaces'>,
  logins: Logins,
  way: ServerLogin,
  users: readonly string[],
  signal?: AbortSignal,
): Promise<FoundPlaces> {
  const places: (readonly SearchPlace[])[] = [];
  const problems: { mailbox: string; message: string }[] = [];
  const next = users.entries();
  const isStopped = (): boolean => signal?.aborted === true;
  const worker = async (): Promise<void> => {
    for (const [at, user] of next) {
      if (isStopped()) return;
      try {
        places[at] = await engine.searchPlaces(logins.loginFor(way, user), logins.connect, signal);
      } catch (thrown) {
        if (isStopped()) return;
        problems.push({ mailbox: user, message: toFailure(thrown).message });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, users.length) }, worker));
  if (isStopped()) {
    throw new HushError({ code: 'STOPPED', message: 'Cancelled.', reaction: 'stop-job' });
  }
  return { places: places.flat(), problems };
}
