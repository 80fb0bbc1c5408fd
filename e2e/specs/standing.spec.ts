import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { stateOf } from '../harness/first-state.ts';
import { shape } from '../harness/layout.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  chooseCalendar,
  chooseSample,
  decide,
  goToDecide,
  startRun,
} from '../harness/steps.ts';
import { watchAppsPractice } from '../harness/watch.ts';

/*
 * Tests share one app, which is brought back after each. Here one leaves behind all that a test can: each is seen where leaks are
 * looked for, and all are gone at the end, or this test fails.
 */
const LEAKS: Readonly<Record<string, (app: RunningApp) => Promise<unknown>>> = {
  'another theme': (app) => app.ask('app.set_theme', { theme: 'dark' }),
  'other settings': (app) => app.ask('settings.change', { connections: 3, notifications: false }),
  rules: (app) => app.ask('rules.save', { id: null, name: 'All', rules: ['organizer=*@spam.test'], any: false }),
  'a project': async (app) => {
    const { mappingId } = await app.ask('mapping.begin', {});
    await app.ask('project.create', { mappingId, name: 'Spring move' });
  },
  'a server': async (app) => {
    const { url } = await app.ask('practice.state', {});
    const login = { url, user: 'bob', password: app.practicePassword, remember: false };
    await app.ask('server.add', { ...login, name: 'Office' });
  },
  'a file': (app) => writeFile(fileOf(app), 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'),
  'a backup that was opened': async (app) => {
    await answerOpenDialog(app, fileOf(app));
    await app.ask('source.choose', { what: 'files' });
  },
  'an answer of a dialog': (app) => answerSaveDialog(app, 'nowhere'),
  'a run that goes on': async (app) => {
    await chooseSample(app);
    await chooseCalendar(app);
    await goToDecide(app);
    await decide(app, 'none');
    await (await watchAppsPractice(app)).setDelay(500);
    await startRun(app);
    await expect.poll(() => app.ask('run.active', {})).toHaveLength(1);
  },
  'another shape of the window': (app) => shape(app, { width: 1024, height: 700, zoom: 1.5 }),
  'a fault of the practice server': async (app) => {
    await (await watchAppsPractice(app)).setFaults([{ status: 503, count: 0 }]);
  },
};

test('what a test leaves behind is seen, and gone before the next one', async ({ hushcal: app }) => {
  const { url } = await app.ask('practice.state', {});
  const controls = new URL(`/_practice/${app.practiceToken}/`, url);
  for (const [leak, make] of Object.entries(LEAKS)) {
    const before = await stateOf(app, controls);
    await make(app);
    expect(await stateOf(app, controls), leak).not.toEqual(before);
  }
});

function fileOf(app: RunningApp): string {
  return join(app.userData, 'alice.ics');
}
