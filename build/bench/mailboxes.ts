import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild, type Measured } from './lib/child.ts';
import { REAL_SHAPE, writeCalendar } from './lib/generate.ts';
import type { MigrateJob, MigrateTimes } from './lib/migrate.ts';
import { ROUNDS, scaled } from './lib/options.ts';
import { interleave, median } from './lib/rounds.ts';
import { startCrowdServer } from './lib/servers.ts';
import { keep, perSecond, seconds, times, type Row } from './lib/table.ts';

const MAILBOXES = scaled(200);
const EVENTS = 500;
/** A tenth of the mailboxes: what grows with their number shows itself against it. */
const FEW = Math.max(1, Math.round(MAILBOXES / 10));
const AT_ONCE = { members: 4, perOrigin: 16 };

type Lap = Measured<MigrateTimes>;

const folder = await mkdtemp(join(tmpdir(), 'hushcal-bench-'));
try {
  const small = join(folder, 'mailbox.ics');
  const large = join(folder, 'all-in-one.ics');
  await writeCalendar(small, EVENTS, REAL_SHAPE);
  await writeCalendar(large, MAILBOXES * EVENTS, REAL_SHAPE);
  const results = await interleave(
    [
      { name: 'many', run: () => lap(MAILBOXES, small, EVENTS) },
      { name: 'few', run: () => lap(FEW, small, EVENTS) },
      { name: 'one', run: () => lap(1, large, MAILBOXES * EVENTS) },
    ],
    ROUNDS,
  );
  const of = (name: string, figure: (lap: Lap) => number): number => median((results.get(name) ?? []).map(figure));
  const total = ({ value }: Lap): number => value.planMs + value.runMs;
  const all = MAILBOXES * EVENTS;
  const growth = of('many', total) / MAILBOXES / (of('few', total) / FEW);
  const against = of('many', total) / of('one', total);
  const [peak, peakFew, peakOne] = ['many', 'few', 'one'].map((name) => of(name, ({ peakMb }) => peakMb)) as [
    number,
    number,
    number,
  ];
  const rows: Row[] = [
    {
      work: `${String(MAILBOXES)} mailboxes × ${String(EVENTS)} events, planned, written and read back`,
      against: `the same ${String(all)} events in one mailbox`,
      figure: `${times(against)} the time`,
      mustBe: '≤ 1.5×',
      met: against <= 1.5,
      numbers: `${seconds(of('many', total))} (${perSecond(all, of('many', total))}), in one ${seconds(of('one', total))}; plan ${seconds(of('many', ({ value }) => value.planMs))}, in one ${seconds(of('one', ({ value }) => value.planMs))}`,
    },
    {
      work: `${String(FEW)} and ${String(MAILBOXES)} mailboxes`,
      against: 'itself',
      figure: `${growth.toFixed(2)}× the time per mailbox`,
      mustBe: 'linear (≤ 1.20)',
      met: growth <= 1.2,
      numbers: `${String(FEW)}: ${seconds(of('few', total))}, ${String(MAILBOXES)}: ${seconds(of('many', total))}`,
    },
    {
      work: `largest memory of ${String(MAILBOXES)} mailboxes`,
      against: `that of ${String(FEW)}`,
      figure: times(peak / peakFew),
      mustBe: 'flat (≤ 1.5×)',
      met: peak / peakFew <= 1.5,
      numbers: `${peak.toFixed(0)} MiB, of ${String(FEW)} ${peakFew.toFixed(0)} MiB, in one mailbox ${peakOne.toFixed(0)} MiB`,
    },
  ];
  keep('mailboxes', 'Many mailboxes', rows, [
    `Into the practice server on this computer, ${String(AT_ONCE.members)} mailboxes and ${String(AT_ONCE.perOrigin)} requests at a time, mode none, journals on.`,
  ]);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** One migration into a server of its own. */
async function lap(mailboxes: number, file: string, events: number): Promise<Lap> {
  const names = Array.from({ length: mailboxes }, (_, at) => `user${String(at)}`);
  const server = await startCrowdServer(names);
  try {
    const job: MigrateJob = {
      mailboxes: server.users.map(({ user, calendar }) => ({ user, file, calendar })),
      password: server.users[0]?.password ?? '',
      ...AT_ONCE,
    };
    const measured = await runChild<MigrateTimes>('migrate', job);
    const { created, verified } = measured.value;
    if (created !== mailboxes * events || verified !== created) {
      throw new Error(`${String(created)} created, ${String(verified)} verified of ${String(mailboxes * events)}`);
    }
    return measured;
  } finally {
    await server.stop();
  }
}
