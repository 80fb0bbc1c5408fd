import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CONNECTIONS } from '../../shared/model/defaults.ts';
import type { JobEvent } from '../../shared/model/job.ts';
import { ZERO_TOTALS } from '../../shared/model/outcome.ts';
import type { Rehearsal } from '../../shared/model/rehearsal.ts';
import type { PreparedJob, Progress, RehearsalStage, TargetCopy } from '../engine/types.ts';
import { startPractice, type PracticeServer, type Stage } from '../practice/index.ts';

/** Name of the owner on the stage: real names may hold what no path can. */
const OWNER = 'owner';

interface RehearsalOptions {
  /** For the run that is thrown away afterwards. */
  readonly tempDir: string;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Hears every event of the rehearsed run. */
  readonly heard?: (events: readonly JobEvent[]) => void | Promise<void>;
}

/**
 * Runs a plan on a copy of its calendar, on a practice server of its own in memory, in the mode that was asked for, and
 * says what would have become of it. The real calendar is only read. People with an address in the domains that count
 * as inside have a calendar there; everybody else is outside.
 *
 * @throws HushError when the calendar cannot be read, or is no longer what the plan was made for
 */
export async function rehearse(job: PreparedJob, options: RehearsalOptions): Promise<Rehearsal> {
  const { tempDir, progress, signal, heard } = options;
  const copy = await job.copyTarget(progress, signal);
  const names = copy.objects.map((_, index) => `${String(index)}.ics`);
  const server = await startPractice({ stage: stageOf(copy, names) });
  const runsDir = await mkdtemp(join(tempDir, 'rehearsal-'));
  try {
    const run = await job.rehearse(placeOf(server, copy, names, runsDir));
    signal?.addEventListener('abort', () => {
      run.stop();
    });
    const problems: string[] = [];
    let end: Pick<Rehearsal, 'status' | 'totals' | 'verified'> = {
      status: 'interrupted',
      totals: ZERO_TOTALS,
      verified: 0,
    };
    for await (const events of run.events()) {
      await heard?.(events);
      for (const event of events) {
        if (event.kind === 'problem') problems.push(event.failure.message);
        if (event.kind === 'settled') end = { status: event.status, totals: event.totals, verified: event.verified };
        if (event.kind === 'phase') progress?.(event.phase, event.done, event.of);
      }
    }
    await run.finished;
    return { ...end, messages: [...server.messages()], calendars: othersOn(server), problems };
  } finally {
    await server.close();
    await rm(runsDir, { recursive: true, force: true });
  }
}

function stageOf(copy: TargetCopy, names: readonly string[]): Stage {
  return {
    owner: { user: OWNER, displayName: copy.user, addresses: copy.addresses },
    calendar: {
      displayName: copy.calendar,
      objects: copy.objects.map(({ text }, index) => ({ name: names[index] ?? '', text })),
    },
    insideDomains: copy.insideDomains,
  };
}

function placeOf(
  { info }: PracticeServer,
  { objects }: TargetCopy,
  names: readonly string[],
  runsDir: string,
): RehearsalStage {
  const owner = info.users.find(({ user }) => user === OWNER);
  const calendar = owner?.calendar ?? '/';
  const password = owner?.password ?? '';
  return {
    calendarUrl: info.base_url + calendar,
    connection: {
      url: info.base_url,
      user: OWNER,
      password: () => Promise.resolve(password),
      concurrency: CONNECTIONS,
    },
    runsDir,
    places: new Map(objects.map(({ href }, index) => [href, `${calendar}${names[index] ?? ''}`])),
  };
}

/**
 * Everybody else whose calendar changed: who came to have something in it, and who was notified of a meeting that goes. The
 * copies of colleagues are not on the stage, so that a cancelled one is not there to be counted.
 */
function othersOn(server: PracticeServer): Rehearsal['calendars'] {
  const notified = new Set(
    server
      .messages()
      .filter(({ kind }) => kind === 'inbox')
      .map(({ to }) => to.toLowerCase()),
  );
  return server
    .state()
    .users.filter(({ user }) => user !== OWNER)
    .map(({ user, calendars }) => ({ user, events: calendars.reduce((sum, { objects }) => sum + objects, 0) }))
    .filter(({ user, events }) => events > 0 || notified.has(user));
}
