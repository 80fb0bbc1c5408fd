import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deleteProfile, launchApp, test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import { chooseCalendar, decide, dropBackup, goToDecide } from '../harness/steps.ts';

const TURNED = 'Holiday \u202e99 gpj';
const HEBREW = 'פגישת צוות שבועית על התקציב של השנה הבאה';

const BACKUP = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Hushcal//tests//EN',
  'BEGIN:VEVENT',
  'UID:card-1',
  'DTSTAMP:20261101T000000Z',
  'SUMMARY:Budget review',
  'DTSTART;TZID=Europe/Berlin:20361201T100000',
  'DTEND;TZID=Europe/Berlin:20361201T113000',
  'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=20',
  'EXDATE;TZID=Europe/Berlin:20361215T100000',
  'LOCATION:Room 4',
  'ORGANIZER;CN=Alice:mailto:alice@example.com',
  'ATTENDEE;CN=Pat;PARTSTAT=DECLINED:mailto:pat@partner.test',
  'DESCRIPTION:See https://partner.test/plan for the plan.',
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'TRIGGER:-PT15M',
  'END:VALARM',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:card-2',
  'DTSTAMP:20261101T000000Z',
  `SUMMARY:${TURNED}`,
  'DTSTART:20361202T090000Z',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:card-3',
  'DTSTAMP:20261101T000000Z',
  `SUMMARY:${HEBREW}`,
  'DTSTART;VALUE=DATE:20361203',
  'DTEND;VALUE=DATE:20361205',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

test.describe('an event before it is restored', () => {
  for (const [zone, locale, list, own] of [
    ['America/New_York', 'en-US', 'Dec 1, 2036, 4:00 AM', 'Mon, Dec 1, 2036, 10:00 – 11:30 AM, Europe/Berlin'],
    ['Europe/Berlin', 'de', '01.12.2036, 10:00', null],
  ] as const) {
    test(`is read in full, on the clock of ${zone} (${locale})`, async () => {
      const app = await launchApp({ env: { TZ: zone, LANGUAGE: locale }, args: [`--lang=${locale}`] });
      try {
        await openReview(app);
        const grid = app.page.getByTestId('row-grid');
        await expect(grid).toContainText(spaced(list));
        await grid.getByText('Budget review').click();
        const card = app.page.getByTestId('event-card');
        await expect(card).toContainText(zone);
        if (own === null) await expect(card).not.toContainText('In its own time zone');
        else await expect(card).toContainText(spaced(own));
        await expect(card).toContainText('Every 2 weeks on Monday and Wednesday, 20 times, except');
        for (const words of [
          'Room 4',
          'Alice (alice@example.com)',
          'Pat (pat@partner.test) declined',
          '15 minutes before',
        ])
          await expect(card).toContainText(words);
        await expect(card.getByRole('link')).toHaveCount(0);
        await lookAt(app, `event-card-${locale}`);
        expect(app.problems).toEqual([]);
      } finally {
        await app.kill();
        await deleteProfile(app.userData);
      }
    });
  }
});

test('foreign text runs in its own direction, and turns nothing else round', async ({ hushcal: app }) => {
  await openReview(app);
  const grid = app.page.getByTestId('row-grid');
  await grid.getByText('Holiday').click();
  for (const place of [grid.getByText('Holiday'), app.page.getByTestId('event-card').getByText('Holiday')])
    await expect(place).toHaveCSS('unicode-bidi', /^isolate|plaintext/);
  await grid.getByText(HEBREW).click();
  await expect(grid.getByText(HEBREW)).toHaveCSS('direction', 'rtl');
  await expect(app.page.getByTestId('event-card')).toContainText('2 days');
  await lookAt(app, 'event-card-hebrew');
  await app.page.getByRole('tab', { name: 'Month' }).click();
  await expect(app.page.getByTestId('cal-event').getByText('Holiday')).toHaveCSS('unicode-bidi', /^isolate|plaintext/);
});

/** CLDR sets narrow and fixed spaces; which ones, differs between its versions. */
function spaced(text: string): RegExp {
  return new RegExp(text.replace(/[.()]/g, '\\$&').replaceAll(' ', '\\s'));
}

async function openReview(app: RunningApp): Promise<void> {
  const file = join(app.userData, 'card.ics');
  await writeFile(file, BACKUP);
  await dropBackup(app, file);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
}
