import { expect } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Authority } from '../../electron/engine/caldav/testing/authority.ts';
import { nameServer } from '../../electron/engine/caldav/testing/names.ts';
import { deleteProfile, launchApp, type RunningApp, test } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import {
  answerOpenDialog,
  bucket,
  chooseCalendar,
  chooseServer,
  decide,
  dropBackup,
  fillServer,
  goToDecide,
  openScreen,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';
import { startFronts, stopFronts } from './fronts.ts';
import { plainClient } from './plain-http.ts';
import { startServer, traversableTemp } from './running-server.ts';

/*
 * A day at the helpdesk of an office, in one piece: Cyrus stands behind nginx, whose certificate is from the authority of the
 * office; its name is known to the proxy alone, which wants a login. In the window there is a mail address to begin with.
 */

const MAIL = 'alice@example.com';
const HOST = 'dav.example.com';
const UIDS = ['office-1', 'office-2'];

function meeting(uid: string, day: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//office//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${day}T090000Z`,
    `DTEND:${day}T100000Z`,
    `SUMMARY:Meeting ${uid}`,
    `ORGANIZER:mailto:${MAIL}`,
    `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${MAIL}`,
    'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:bob@example.com',
    'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:dan@elsewhere.example',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ];
  return lines.join('\r\n');
}

test('a mail address, a private authority, a proxy with a login: restored silently, and undone', async () => {
  const folder = mkdtempSync(path.join(traversableTemp(), 'hushcal-office.'));
  const [cyrus, authority] = await Promise.all([startServer('cyrus'), Authority.make('Office authority')]);
  const hosts = path.join(folder, 'hosts');
  writeFileSync(hosts, `127.0.0.1 ${HOST}\n`);
  const [door, ofProxy] = await Promise.all([authority.issue({ names: [HOST] }), authority.issue()]);
  const upstream = cyrus.description.base_url;
  const port = await startFronts(folder, [{ name: 'cyrus', certificate: door, upstream }], ofProxy, {
    FRONTS_HOSTS: hosts,
  });
  const names = await nameServer({
    '_caldavs._tcp.example.com': { srv: [{ target: HOST, port }], txt: 'path=/dav/principals/' },
  });
  const backup = path.join(folder, 'backup');
  mkdirSync(backup);
  for (const [nth, uid] of UIDS.entries()) {
    writeFileSync(path.join(backup, `${uid}.ics`), meeting(uid, `2037010${String(nth + 5)}`));
  }
  let app: RunningApp | undefined;
  try {
    app = await launchApp({ env: { HUSHCAL_E2E_NAME_SERVER: names.address } });
    const alice = cyrus.user('alice');
    const stored = (): Promise<readonly string[]> => plainClient(cyrus, alice).list(alice.calendar);
    const before = await stored();

    await addOffice(app, authority.root.certFile, `http://anna@127.0.0.1:${String(port + 13)}`, alice.password ?? '');
    expect(names.asked).toContain('_caldavs._tcp.example.com');
    const card = app.page.getByTestId('server-card').filter({ hasText: 'Office' });
    await expect(card).toContainText(`https://${HOST}:${String(port)}/dav/principals/`);
    await expect(card).toContainText(MAIL);
    await expect(card).toContainText('Cyrus');

    await openScreen(app, 'Restore');
    await dropBackup(app, backup);
    await chooseServer(app, 'Office');
    await chooseCalendar(app, /./);
    await goToDecide(app);
    await decide(app, 'none');
    await expect(app.page.getByTestId('notified')).toContainText(/^0 ?people will be notified/);
    await lookAt(app, 'office-review');
    expect(await stored(), 'nothing is written before Run').toEqual(before);
    await startRun(app);
    expect(await reportHeadline(app)).toMatch(/^2 events restored/);
    expect(await bucket(app, 'Created')).toBe(2);
    expect((await stored()).length).toBe(before.length + 2);
    expect(await othersOf(cyrus)).toEqual({ mail: [], inbox: [] });

    await openScreen(app, 'History');
    await app.page.getByTestId('run-entry').getByRole('button', { name: 'Undo…' }).click();
    await startRun(app);
    expect(await reportHeadline(app)).toMatch(/2/);
    expect(await stored()).toEqual(before);
    expect(await othersOf(cyrus)).toEqual({ mail: [], inbox: [] });
    expect(app.problems).toEqual([]);
  } finally {
    await app?.kill();
    if (app !== undefined) await deleteProfile(app.userData);
    await Promise.all([names.close(), stopFronts(folder), cyrus.stop()]);
    await authority.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Adds the server from the mail address: who vouches for it and the proxy stand under Connection. */
async function addOffice(app: RunningApp, authority: string, proxy: string, password: string): Promise<void> {
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Add a server' });
  const login = { url: MAIL, user: 'alice', password, name: 'Office' };
  await dialog.getByRole('button', { name: 'Connection' }).click();
  await dialog.getByLabel('Proxy').fill(proxy);
  await dialog.getByLabel('Password of the proxy').fill('proxy-secret');
  // Without the authority of the office nothing goes there.
  await fillServer(app, login);
  await expect(dialog).toContainText('comes from an issuer that this computer does not know');
  await answerOpenDialog(app, authority);
  const vouches = dialog.getByRole('group', { name: 'Authority that vouches for the server' });
  await vouches.getByRole('button', { name: 'Choose…' }).click();
  await lookAt(app, 'office-connection');
  await fillServer(app, login);
  await expect(dialog).toBeHidden({ timeout: 30_000 });
}

/** What others have heard: messages that would have left, and what lies in the inbox of a guest inside. */
async function othersOf(cyrus: Awaited<ReturnType<typeof startServer>>): Promise<object> {
  const bob = cyrus.user('bob');
  const inbox = bob.inbox === undefined ? [] : await plainClient(cyrus, bob).list(bob.inbox);
  return { mail: await cyrus.mail(), inbox };
}
