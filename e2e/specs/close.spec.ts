import { expect } from '@playwright/test';
import { test, type RunningApp } from '../harness/app.ts';
import { watchAppsPractice } from '../harness/watch.ts';

/** Answers the next question of the main process with a button, and says how often it was asked. */
async function answerWith(app: RunningApp, response: number): Promise<void> {
  await app.electron.evaluate(({ dialog }, button) => {
    const counted = globalThis as unknown as { asked?: number };
    dialog.showMessageBox = () => {
      counted.asked = (counted.asked ?? 0) + 1;
      return Promise.resolve({ response: button, checkboxChecked: false });
    };
  }, response);
}

/** Starts a restore of the sample backup that takes its time. */
async function startSlowRun(app: RunningApp): Promise<string> {
  const { sourceId } = await app.ask('source.sample', {});
  const calendarUrl = (await app.ask('server.open', { id: 'practice' })).calendars[0]?.url ?? '';
  const choices = { mode: 'none', identity: { kind: 'match' }, onConflict: 'skip', only: [] } as const;
  const plan = await app.ask('restore.plan', { sourceId, serverId: 'practice', calendarUrl, ...choices });
  await (await watchAppsPractice(app)).setDelay(1500);
  const { runId } = await app.ask('run.start', { planId: plan.planId, hash: plan.summary.hash, typedMessages: null });
  return runId;
}

test('closing during a run asks; the run is stopped, and can be resumed after a new start', async ({
  hushcal,
  startAgain,
}) => {
  const runId = await startSlowRun(hushcal);
  const closeWindow = () =>
    hushcal.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.close();
    });
  await answerWith(hushcal, 0);
  await closeWindow();
  await expect.poll(() => hushcal.electron.evaluate(() => (globalThis as { asked?: number }).asked)).toBe(1);
  expect(await hushcal.ask('run.active', {})).toEqual([runId]);

  await answerWith(hushcal, 1);
  const ended = new Promise((resolve) => hushcal.electron.process().once('exit', resolve));
  await closeWindow();
  expect(await ended).toBe(0);

  const again = await startAgain();
  const [entry] = await again.ask('history.list', {});
  expect(entry).toMatchObject({ runId, status: 'stopped', running: false });
  await again.ask('run.resume', { runId, typedMessages: null });
  await expect
    .poll(async () => (await again.ask('run.snapshot', { runId })).snapshot.status, { timeout: 30_000 })
    .not.toBeNull();
  const [resumed] = await again.ask('history.list', {});
  expect(resumed?.totals).toMatchObject({ failed: 0, unknown: 0, cancelled: 0 });
  expect(resumed?.totals.created).toBeGreaterThan(20);
});
