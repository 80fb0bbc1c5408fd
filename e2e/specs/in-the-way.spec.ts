import { expect } from '@playwright/test';
import { startPractice, type PracticeServer } from '../../electron/practice/server.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import {
  bucket,
  decide,
  decideOnServer,
  goToReview,
  modeCard,
  reportHeadline,
  startRun,
  tick,
} from '../harness/steps.ts';

/* What stands in the way outside the calendar is seen in Review and settled there. */

const PASSWORD = 'of everybody';
const UID = 'kickoff@samples.hushcal.example';
const KICKOFF = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//test//EN',
  'BEGIN:VEVENT',
  `UID:${UID}`,
  'DTSTAMP:20260101T000000Z',
  'DTSTART:20370105T090000Z',
  'SUMMARY:Kick-off, as it was deleted',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

/** A request as alice, past the app. */
async function plain(server: PracticeServer, method: string, path: string, body?: string): Promise<void> {
  const authorization = `Basic ${Buffer.from(`alice:${PASSWORD}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'text/calendar' };
  const url = `${server.info.base_url}/dav/calendars/alice/${path}`;
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  expect(answer.ok, `${method} ${path}: ${String(answer.status)}`).toBe(true);
}

const login = (server: PracticeServer) => ({ url: server.info.base_url, user: 'alice', password: PASSWORD });

async function openKickoff(app: RunningApp): Promise<void> {
  await app.page.getByRole('searchbox').fill('kick-off');
  await app.page.getByTestId('row-grid').getByRole('row').nth(1).click();
}

test('an event in another calendar is a conflict, and is added as a copy', async ({ hushcal: app }) => {
  const server = await startPractice({ password: PASSWORD, personality: 'cyrus-like' });
  try {
    await plain(server, 'MKCALENDAR', 'projects/');
    await plain(server, 'PUT', 'projects/kickoff.ics', KICKOFF);
    await decideOnServer(app, login(server));
    await decide(app, 'none');
    await openKickoff(app);
    const drawer = app.page.getByTestId('drawer');
    await expect(drawer).toContainText('It is in "projects".');
    await expect(drawer).toContainText('Another calendar of this user holds it');
    await expect(drawer.getByRole('button', { name: 'Use backup' })).toHaveCount(0);
    await lookAt(app, 'settle-elsewhere');
    await drawer.getByRole('button', { name: 'Keep the other one' }).click();
    await expect(drawer).toContainText('nothing is added here');
    await drawer.getByRole('button', { name: 'Add as a copy' }).click();
    await expect(drawer).toContainText('added here as an event of its own');
    await app.page.getByRole('searchbox').fill('');
    await startRun(app);
    await reportHeadline(app);
    expect(await bucket(app, 'Failed')).toBe(0);
    expect(server.messages()).toEqual([]);
  } finally {
    await server.close();
  }
});

test('an event in the trash bin says what becomes of it, and can be left deleted', async ({ hushcal: app }) => {
  const server = await startPractice({ password: PASSWORD, personality: 'nextcloud-31-like' });
  try {
    await plain(server, 'PUT', 'default/kickoff.ics', KICKOFF);
    await plain(server, 'DELETE', 'default/kickoff.ics');
    await decideOnServer(app, login(server));
    await tick(modeCard(app, 'all').getByRole('radio'));
    await goToReview(app);
    await expect(app.page.getByText('One deleted event lies in the trash bin of this calendar')).toBeVisible();
    await openKickoff(app);
    const drawer = app.page.getByTestId('drawer');
    await expect(drawer).toContainText('its text is saved with the run first');
    await drawer.getByRole('tab', { name: /^Difference/ }).click();
    await expect(drawer.getByRole('columnheader', { name: 'In the trash bin' })).toBeVisible();
    await lookAt(app, 'settle-trash');
    await drawer.getByRole('button', { name: 'Leave deleted' }).click();
    await expect(drawer).toContainText('You chose to leave it deleted');
    await drawer.getByRole('button', { name: 'Store it' }).click();
    await expect(drawer).toContainText('You chose to store it');
  } finally {
    await server.close();
  }
});
