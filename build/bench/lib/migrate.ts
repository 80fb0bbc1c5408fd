import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../../electron/engine/engine.ts';
import type { Login } from '../../../shared/model/login.ts';
import type { MigrateSpec } from '../../../shared/model/batch/migrate.ts';

export interface MigrateJob {
  readonly mailboxes: readonly { readonly user: string; readonly file: string; readonly calendar: string }[];
  readonly password: string;
  /** Calendars at the same time, and requests at the same time over all of them. */
  readonly members: number;
  readonly perOrigin: number;
}

export interface MigrateTimes {
  readonly planMs: number;
  readonly runMs: number;
  readonly created: number;
  readonly verified: number;
}

/** A whole migration through the engine, from files, as the command line does it. Throws when it did not end well. */
export async function migrate({ mailboxes, password, members, perOrigin }: MigrateJob): Promise<MigrateTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'hushcal-bench-'));
  const now = (): Date => new Date();
  const engine = createEngine({ runsDir: join(folder, 'runs'), tempDir: join(folder, 'temp'), now });
  const connect = ({ url, actor }: Login) => ({
    url,
    user: actor,
    password: () => Promise.resolve(password),
    concurrency: perOrigin,
  });
  try {
    const began = performance.now();
    const batch = await engine.prepareMigration(specOf(mailboxes, members, perOrigin), connect);
    const planned = performance.now();
    const handle = await batch.start({ hash: batch.summary.hash, typedMessages: null });
    for await (const events of handle.events()) {
      for (const event of events) {
        if (event.kind === 'problem') throw new Error(event.failure.message);
        if (event.kind !== 'settled') continue;
        if (event.status !== 'complete') throw new Error(`it is ${event.status}: ${JSON.stringify(event.totals)}`);
        await handle.finished;
        const { totals, verified } = event;
        return { planMs: planned - began, runMs: performance.now() - planned, created: totals.created, verified };
      }
    }
    throw new Error('the migration did not settle');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function specOf(mailboxes: MigrateJob['mailboxes'], members: number, perOrigin: number): MigrateSpec {
  return {
    moves: mailboxes.map(({ user, file, calendar }, at) => ({
      line: at + 1,
      mailbox: user,
      from: { kind: 'files', paths: [file] },
      to: { url: calendar, user, way: 'own', actor: user, credential: 'password', secret: 'PASSWORD' },
      calendarUrl: calendar,
      calendarName: 'Calendar',
      makes: false,
      identity: { kind: 'server' },
      mode: 'none',
    })),
    mode: 'none',
    onConflict: 'newer',
    insideDomains: [],
    shard: null,
    pass: 'both',
    limits: { members, perOrigin, stopAfter: null, hours: null },
    after: null,
    deleteGone: false,
  };
}
