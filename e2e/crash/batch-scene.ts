import { batchEntry, type BatchEntry } from '../../shared/model/batch/batch.ts';
import { runEntry, type RunEntry } from '../../shared/model/kept/report.ts';
import { openCrowd, runWhole, type Crowd } from '../../electron/engine/batch/testing/crowd.ts';
import { forget, keeper, type Keep } from './kept.ts';
import { consented, runInside, runProcess, type Death, type Output } from './run-process.ts';

const NOW = new Date('2026-11-01T12:00:00Z');
const USERS = ['anna', 'ben', 'cleo', 'dan'] as const;

/** Four calendars on one practice server, each with meetings of its owner, put there by one batch. */
export interface BatchScene {
  readonly crowd: Crowd;
  /** The batch that put the events there. */
  readonly before: string;
  /** The command with consent to the plan as it is now. */
  consented(argv: readonly string[]): Promise<readonly string[]>;
  readonly keep: Keep;
  /** Runs the built command line in a process of its own. */
  run(argv: readonly string[], death?: Death): Promise<Output>;
  /** The same command line without a process of its own. */
  runHere(argv: readonly string[]): Promise<Output>;
  /** The same as it is typed, without a look at the plan before. */
  runBare(argv: readonly string[]): Promise<Output>;
  /** Takes the batch back and tells everybody. */
  readonly undoArgs: readonly string[];
  resumeArgs(batchId: string): readonly string[];
  batches(): Promise<readonly BatchEntry[]>;
  runs(): Promise<readonly RunEntry[]>;
  /** What everybody has, and what everybody was told. */
  look(): Promise<{ readonly objects: readonly string[]; readonly messages: readonly string[] }>;
  close(): Promise<void>;
}

export async function openBatchScene(): Promise<BatchScene> {
  const texts = Object.fromEntries(USERS.map((user, at) => [user, meetings(user, at + 2)]));
  const crowd = await openCrowd(texts, { now: () => NOW });
  const { batchId: before } = await runWhole(await crowd.plan(await crowd.spec()));
  const login = ['--password-env', 'PASSWORD', '--runs', crowd.runsDir, '--json', '--yes', '--concurrency', '2'];
  const env = { ...process.env, PASSWORD: crowd.server.info.admin.password };
  return {
    crowd,
    before,
    consented: (argv) => consented(argv, env, crowd.dir),
    keep: keeper([crowd.server], crowd.dir),
    run: async (argv, death) => runProcess(await consented(argv, env, crowd.dir), env, death),
    runHere: async (argv) => runInside(await consented(argv, env, crowd.dir), env, crowd.dir),
    runBare: (argv) => runInside(argv, env, crowd.dir),
    undoArgs: ['undo', before, '--scheduling', 'all', ...login],
    resumeArgs: (batchId) => ['resume', batchId, ...login],
    batches: async () => (await crowd.engine.batches()).map((entry) => batchEntry.parse(entry)),
    runs: async () => (await crowd.engine.runs()).map((entry) => runEntry.parse(entry)),
    async look() {
      const objects: string[] = [];
      for (const user of USERS) for (const [href, text] of await crowd.objects(user)) objects.push(`${href} ${text}`);
      const messages = crowd.server
        .messages()
        .map(({ method, kind, from, to, uid }) => `${method} ${kind} ${from} ${to} ${uid}`);
      return { objects: objects.sort(), messages: messages.sort() };
    },
    async close() {
      await crowd.close();
      await forget(crowd.dir);
    },
  };
}

function meetings(user: string, count: number): string {
  const events = Array.from({ length: count }, (_, at) => [
    'BEGIN:VEVENT',
    `UID:${user}-${at}`,
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20370105T090000Z',
    'DTEND:20370105T100000Z',
    `SUMMARY:${user} ${at}`,
    `ORGANIZER:mailto:${user}@example.com`,
    `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${user}@example.com`,
    'ATTENDEE:mailto:dora@elsewhere.test',
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//crash//EN', ...events.flat(), 'END:VCALENDAR', ''].join('\r\n');
}
