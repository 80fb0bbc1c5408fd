import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deleteProfile, launchApp, type RunningApp } from '../../e2e/harness/app.ts';
import { answerOpenDialog, answerSaveDialog, chooseCalendar, openScreen } from '../../e2e/harness/steps.ts';
import type { Bridge, Envelope, RouteInput, RouteName } from '../../shared/ipc/contract.ts';
import { withCalendarFile } from './lib/contest.ts';
import { REAL_SHAPE } from './lib/generate.ts';
import { FILES, zipOf, type HostileFile } from './lib/hostile-files.ts';
import { ANSWERS, startHostileServer } from './lib/hostile-server.ts';
import { watchMain } from './lib/main-process.ts';
import { scaled } from './lib/options.ts';
import { watchPage } from './lib/page-turns.ts';
import { beginRun, headline, planQuietly, readBackup } from './lib/steps.ts';
import { keep, seconds, type Row } from './lib/table.ts';

/*
 * How long the window's event loop is held at a stretch, while a person does everyday work with 100,000 events, and while
 * what attackers send is read. The main process is judged by the time that it was at work; the page is shown beside it.
 */

const COUNT = scaled(100_000);
const PATIENCE = 1_800_000;
/** How much of the run is watched. */
const RUN_MS = 15_000;
const MOST_ORDINARY = 100;
const MOST_HOSTILE = 250;

const NOTE =
  'The longest turn of each event loop. Main: at work, by its processor time. Page: as a timer sees it, with what others on ' +
  'the machine took. Reading, planning and reporting are done by the engine’s process.';

const rows: Row[] = [];

async function watched(app: RunningApp, work: string, most: number, task: () => Promise<unknown>): Promise<void> {
  const main = await watchMain(app);
  const page = await watchPage(app.page);
  const began = performance.now();
  const said = await task();
  const ms = performance.now() - began;
  const [{ longestMs, mostWorkedMs: workedMs }, pageMs, engineMb] = [
    await main(),
    await page(),
    await engineMemory(app),
  ];
  const row: Row = {
    work,
    against: typeof said === 'string' ? said : '',
    figure: `main ${workedMs.toFixed(0)} ms, page ${pageMs.toFixed(0)} ms`,
    mustBe: `main ≤ ${String(most)} ms`,
    met: workedMs <= most,
    numbers: `${seconds(ms)}; main with waiting for a processor ${longestMs.toFixed(0)} ms; engine ${engineMb.toFixed(0)} MB`,
  };
  rows.push(row);
  console.error(`${work}: ${row.figure}; ${row.numbers}; ${row.against}`);
}

/** What the engine's process holds, in MB. */
async function engineMemory({ electron }: RunningApp): Promise<number> {
  const kilobytes = await electron.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Hushcal engine')?.memory.workingSetSize ?? 0,
  );
  return kilobytes / 1024;
}

async function inApp(work: (app: RunningApp) => Promise<void>): Promise<void> {
  const app = await launchApp();
  app.page.setDefaultTimeout(PATIENCE);
  try {
    await work(app);
  } finally {
    await app.kill().catch(() => undefined);
    await deleteProfile(app.userData);
  }
}

async function ordinary(app: RunningApp, file: string, zip: string): Promise<void> {
  const { page } = app;
  const ours = (work: string, task: () => Promise<unknown>): Promise<void> => watched(app, work, MOST_ORDINARY, task);
  const events = `${COUNT.toLocaleString('en-US')} events`;
  await answerOpenDialog(app, zip);
  await ours(`a zip of ${events} is read`, () => heard(app, 'source.choose', { what: 'files' }));
  await ours(`a backup of ${events} is read`, () => readBackup(app, file));
  await chooseCalendar(app);
  await ours('its restore is planned', () => planQuietly(app));
  await ours('the run begins', () => beginRun(app));
  await ours(`the run, ${String(RUN_MS / 1000)} s of it`, () => page.waitForTimeout(RUN_MS));
  await ours('it is stopped, and its report is shown', async () => {
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Stop the run' }).click();
    await headline(app);
  });
  for (const format of ['HTML', 'JSON']) {
    await answerSaveDialog(app, join(app.userData, `report.${format.toLowerCase()}`));
    await ours(`the report is exported as ${format}`, async () => {
      const [runId = ''] = (await app.ask('history.list', {})).map((entry) => entry.runId);
      await app.ask('history.export', { runId, format: format === 'HTML' ? 'html' : 'json' });
    });
  }
  await ours('History is opened', async () => {
    await openScreen(app, 'History');
    await page.getByTestId('run-entry').first().waitFor();
  });
  await ours('the calendar is held against the backup (What went missing?)', async () => {
    const found = await app.ask('find.choose', { findId: null, what: 'files' });
    const [calendar] = (await app.ask('server.open', { id: 'practice' })).calendars;
    const calendarUrl = calendar?.url ?? '';
    return heard(app, 'missing.compare', { findId: found?.findId ?? '', serverId: 'practice', calendarUrl });
  });
}

async function hostile(app: RunningApp, folder: string): Promise<void> {
  const theirs = (work: string, task: () => Promise<unknown>): Promise<void> => watched(app, work, MOST_HOSTILE, task);
  for (const [name, { make, ask = 'inspect', rule }] of Object.entries(FILES)) {
    const path = await make(folder, 1);
    await answerOpenDialog(app, path);
    await theirs(name, () => READS[ask](app, rule ?? ''));
    await rm(path, { force: true });
  }
  const server = await startHostileServer();
  try {
    for (const name of ANSWERS) {
      // The first question is answered well where a list is asked for.
      const place = name.includes('list') ? 'l' : 'd';
      const url = server.url(name, 1).replace('CASE', place);
      const given = { name: '', url, user: 'u', password: 'p', remember: false };
      await theirs(name, () => heard(app, 'server.add', given));
    }
  } finally {
    await server.close();
  }
}

/** What a person does with a file: the open dialog answers with it. */
const READS: Readonly<
  Record<NonNullable<HostileFile['ask']> | 'inspect', (app: RunningApp, rule: string) => Promise<string>>
> = {
  inspect: (app) => heard(app, 'source.choose', { what: 'files' }),
  find: async (app, rule) => heard(app, 'find.search', await wanted(app, rule)),
  occurrences: async (app) => {
    const found = await app.ask('find.search', await wanted(app, 'title=*'));
    const searchId = found?.searchId ?? '';
    return heard(app, 'find.occurrences', { searchId, range: { from: '2026-01-01', to: '2026-02-01' } });
  },
  mapping: async (app) => {
    const { mappingId } = await app.ask('mapping.begin', {});
    return heard(app, 'mapping.choose', { mappingId });
  },
  passwords: async (app) => {
    const { mappingId } = await app.ask('mapping.begin', {});
    return heard(app, 'mapping.secrets', { mappingId, side: 'target' });
  },
};

async function wanted(app: RunningApp, rule: string): Promise<RouteInput<'find.search'>> {
  const list = await app.ask('find.choose', { findId: null, what: 'files' });
  return { findId: list?.findId ?? '', spec: { words: '', rules: [rule], any: false } };
}

/** The page asks, and takes the answer apart, as its client does; only the code of a refusal comes over to the bench. */
async function heard<R extends RouteName>({ page }: RunningApp, route: R, input: RouteInput<R>): Promise<string> {
  return page.evaluate(
    async ([name, value]) => {
      const { hushcal } = globalThis as unknown as { hushcal: Bridge };
      const answer = JSON.parse(await hushcal.request(name, value)) as Envelope<unknown>;
      return answer.ok ? 'taken' : answer.failure.code;
    },
    [route, input] as const,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'hushcal-turns-'));
try {
  await withCalendarFile(COUNT, REAL_SHAPE, async (file) => {
    const zip = await zipOf(folder, file);
    await inApp((app) => ordinary(app, file, zip));
  });
  await inApp((app) => hostile(app, folder));
} finally {
  await rm(folder, { recursive: true, force: true });
}
keep('turns', 'How long the window is held', rows, [NOTE], 1);
