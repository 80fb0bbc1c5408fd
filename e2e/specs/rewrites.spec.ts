import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import {
  bucket,
  chooseCalendar,
  decide,
  dropBackup,
  goToDecide,
  reportHeadline,
  startRun,
  tick,
} from '../harness/steps.ts';

const WHEN = ['DTSTAMP:20260101T000000Z', 'DTSTART:20370105T090000Z', 'DTEND:20370105T100000Z'];
const PEOPLE = ['ORGANIZER:mailto:org@outside.test', 'ATTENDEE:mailto:alice@example.com'];

function calendar(method: string | null, ...events: readonly (readonly string[])[]): string {
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//t//EN', ...(method === null ? [] : [`METHOD:${method}`])];
  const body = events.flatMap((lines) => ['BEGIN:VEVENT', ...WHEN, ...lines, 'END:VEVENT']);
  return [...head, ...body, 'END:VCALENDAR', ''].join('\r\n');
}

test('broken lines and cancellations are offered where the plan has them, and done with consent, also from the result', async ({
  hushcal: app,
}) => {
  const [plain, cancel] = [join(app.userData, 'plain.ics'), join(app.userData, 'cancel.ics')];
  const broken = ['UID:broken', 'SUMMARY:Visit', 'LOCATION:Somewhere', 'behind the bridge'];
  await writeFile(
    plain,
    calendar('REQUEST', broken, ['UID:fine', 'SUMMARY:Fine'], ['UID:m', 'SUMMARY:Off', ...PEOPLE]),
  );
  await writeFile(cancel, calendar('CANCEL', ['UID:m', 'SEQUENCE:1', 'SUMMARY:Off', ...PEOPLE]));
  await dropBackup(app, plain, cancel);
  await chooseCalendar(app);
  await goToDecide(app);
  const mend = app.page.getByRole('checkbox', { name: /^Mend events with broken lines/ });
  const asCancelled = app.page.getByRole('checkbox', { name: /cancelled for this user as cancelled/ });
  await expect(mend).toHaveAccessibleName(/ 1 event refused otherwise/);
  await expect(asCancelled).toHaveAccessibleName(/ 1 event left out otherwise/);
  await tick(mend);
  await tick(asCancelled);
  await expect(app.page.getByText('listed as a note at each event')).toHaveCount(2);
  await decide(app, 'none');
  await app.page.getByTestId('row-grid').getByRole('row', { name: /Visit/ }).click();
  await app.page.getByTestId('drawer').getByRole('tab', { name: /Notes/ }).click();
  await expect(app.page.getByTestId('drawer')).toContainText('"behind the bridge". It becomes a new line of LOCATION.');
  await app.page.getByRole('button', { name: 'Back', exact: true }).click();
  await tick(mend, false);
  await decide(app, 'none');
  await startRun(app);
  expect(await reportHeadline(app)).toMatch(/^2 events restored, 1 needs attention/);

  const bar = app.page.getByRole('group', { name: 'Settle and retry' });
  await bar.getByRole('button', { name: 'Check again' }).click();
  await expect(bar).toContainText('0 events will be written. 1 still rejected.');
  await app.page.getByTestId('report-row').filter({ hasText: 'Visit' }).click();
  await expect(app.page.getByTestId('drawer')).toContainText('It has broken lines, so it is not sent.');
  await lookAt(app, 'rejected-again');
  await bar.getByRole('button', { name: 'Mend events with broken lines (1)' }).click();
  await bar.getByRole('button', { name: 'Retry 1…' }).click();
  await app.page
    .getByRole('dialog')
    .getByRole('button', { name: /1 event.*notify nobody/ })
    .click();
  await expect(app.page.getByTestId('headline')).toHaveText('1 event restored');
  expect(await bucket(app, 'Created')).toBe(1);
});
