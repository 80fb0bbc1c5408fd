import { expect, type Locator } from '@playwright/test';
import { Authority } from '../../electron/engine/caldav/testing/authority.ts';
import { proxyFront, tlsFront } from '../../electron/engine/caldav/testing/fronts.ts';
import { nameServer } from '../../electron/engine/caldav/testing/names.ts';
import { startPractice } from '../../electron/practice/server.ts';
import { launchApp, test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import { chooseCalendar, chooseSample, chooseServer, decide, goToDecide, openScreen, tick } from '../harness/steps.ts';
import { dropAt, fillServer, reportHeadline, startRun } from '../harness/steps.ts';
import { watchAppsPractice } from '../harness/watch.ts';

const PASSWORD = 'of the administrator';

async function openDialog(app: RunningApp): Promise<Locator> {
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
  return app.page.getByRole('dialog', { name: 'Add a server' });
}

/** What has the focus, by its tag; never `body`. */
function focused(app: RunningApp): Promise<unknown> {
  return app.page.evaluate('document.activeElement.tagName.toLowerCase()');
}

test('one login of an administrator: server, user, calendar; then it is edited and duplicated', async ({
  hushcal: app,
}) => {
  const server = await startPractice({ password: PASSWORD });
  try {
    const dialog = await openDialog(app);
    await dialog.getByText('Sign-in options').click();
    await tick(dialog.getByRole('radio', { name: /with Authorize-As/ }));
    await dialog.getByRole('textbox', { name: 'Address' }).fill(server.info.base_url);
    await dialog.getByLabel('Administrator', { exact: true }).fill('admin');
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByLabel('Display name (optional)').fill('Office');
    await dialog.getByRole('button', { name: 'Add the server' }).click();
    await expect(dialog).toBeHidden();

    await openScreen(app, 'Restore');
    await chooseSample(app);
    await chooseServer(app, 'Office');
    const users = app.page.getByRole('group', { name: 'User' });
    await expect(app.page.getByRole('group', { name: /^Calendar/ })).toContainText('Choose a user first');
    await expect(app.page.getByRole('button', { name: 'New calendar…' }), 'there is no place for it yet').toHaveCount(
      0,
    );
    await users.getByLabel('Find a user').fill('baker');
    await users.getByRole('button', { name: 'Search the server' }).click();
    await lookAt(app, 'user-search');
    await users.getByRole('button', { name: /Bob Baker/ }).click();
    await expect(users.getByRole('radio', { name: 'bob' })).toBeChecked();
    await chooseCalendar(app);
    await expect(app.page.getByText('admin for bob').first()).toBeVisible();
    await goToDecide(app);
    await decide(app, 'none');
    await startRun(app);
    await reportHeadline(app);
    expect(server.state().users.find(({ user }) => user === 'bob')?.calendars[0]?.objects).toBeGreaterThan(20);

    await openScreen(app, 'Servers');
    const card = app.page.getByRole('region', { name: 'Office', exact: true });
    await card.getByRole('button', { name: 'Edit…' }).click();
    const edit = app.page.getByRole('dialog', { name: 'Edit Office' });
    await edit.getByLabel('Display name (optional)').fill('Head office');
    await edit.getByRole('textbox', { name: 'Users' }).fill('bob\ncarol');
    await lookAt(app, 'server-edit');
    await edit.getByRole('button', { name: 'Save' }).click();
    await expect(edit).toBeHidden();
    const renamed = app.page.getByRole('region', { name: 'Head office', exact: true });
    await expect(renamed).toContainText('carol');

    // A kept password goes to no other server.
    await renamed.getByRole('button', { name: 'Edit…' }).click();
    const again = app.page.getByRole('dialog', { name: 'Edit Head office' });
    await again.getByRole('textbox', { name: 'Address' }).fill('https://elsewhere.example');
    await again.getByRole('button', { name: 'Save' }).click();
    await expect(again).toContainText('the password is needed again');
    await again.getByRole('button', { name: 'Cancel' }).click();

    await renamed.getByRole('button', { name: 'Duplicate…' }).click();
    const copy = app.page.getByRole('dialog', { name: 'Duplicate a server' });
    await expect(copy.getByLabel('Display name (optional)')).toHaveValue('Head office copy');
    await copy.getByLabel('Administrator', { exact: true }).fill('alice');
    await tick(copy.getByRole('radio', { name: /^The user/ }));
    await copy.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await copy.getByRole('button', { name: 'Add the server' }).click();
    await expect(app.page.getByRole('region', { name: 'Head office copy' })).toContainText('alice.archer@example.com');
    expect(app.problems).toEqual([]);
  } finally {
    await server.close();
  }
});

test('sixty calendars: searched, in the order that people count in, new ones by Refresh', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  const login = `Basic ${Buffer.from(`alice:${app.practicePassword}`).toString('base64')}`;
  const make = async (name: string): Promise<void> => {
    const url = new URL(`/dav/calendars/alice/${name.replaceAll(' ', '-')}/`, practice.origin);
    const body =
      '<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>' +
      `<D:displayname>${name}</D:displayname></D:prop></D:set></C:mkcalendar>`;
    const answer = await fetch(url, {
      method: 'MKCALENDAR',
      headers: { authorization: login, 'content-type': 'application/xml' },
      body,
    });
    expect(answer.status).toBe(201);
  };
  for (let at = 60; at > 0; at -= 1) await make(`Team ${String(at)}`);
  const list = app.page.getByRole('group', { name: /^Calendar/ });
  await list.getByRole('button', { name: 'Refresh' }).click();
  await expect(list.getByRole('radio')).toHaveCount(61);
  const names = (await list.getByTestId('calendar-name').allTextContents()).slice(1, 11);
  expect(names).toEqual(Array.from({ length: 10 }, (_one, index) => `Team ${String(index + 1)}`));
  await expect(list.getByTestId('calendar-choice').nth(10)).toHaveAttribute('title', /Team 10\nhttp.*Team-10/);
  await list.getByLabel('Search calendars').fill('team 42');
  await expect(list.getByRole('radio')).toHaveCount(1);
  const box = await list.boundingBox();
  expect(box?.height, 'the list scrolls by itself').toBeLessThan(520);
  await expect(list.getByRole('button', { name: 'New calendar…' })).toBeVisible();
  await lookAt(app, 'many-calendars');
});

test('what was typed is not thrown away by Escape or a click beside it, and the focus stays in the page', async ({
  hushcal: app,
}) => {
  const dialog = await openDialog(app);
  await dialog.getByRole('textbox', { name: 'Address' }).fill('cal.example.org');
  await app.page.keyboard.press('Escape');
  const question = dialog.getByRole('alertdialog', { name: 'Discard what you entered?' });
  await expect(question).toBeVisible();
  await expect(question.getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await lookAt(app, 'discard');
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await expect(dialog.getByLabel('Address')).toHaveValue('cal.example.org');
  await app.page.mouse.click(5, 400);
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(dialog).toBeHidden();
  await expect(app.page.getByRole('button', { name: 'Add a server…' })).toBeFocused();

  // Nothing typed: nothing to ask.
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
  await app.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(app.page.getByRole('button', { name: 'Add a server…' })).toBeFocused();

  await openScreen(app, 'Migrate');
  await app.page.getByRole('button', { name: 'Try it with practice mailboxes' }).click();
  await expect(app.page.getByRole('button', { name: 'Clear…' })).toBeVisible();
  expect(await focused(app)).not.toBe('body');
  await app.page.getByRole('button', { name: 'Clear…' }).click();
  const clear = app.page.getByRole('dialog', { name: 'Clear the mapping?' });
  await clear.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.page.getByRole('button', { name: 'Clear…' })).toBeFocused();
  await app.page.getByRole('button', { name: 'Add a row' }).click();
  await expect(app.page.getByRole('button', { name: 'Add a row' })).toBeEnabled();
  expect(await focused(app)).not.toBe('body');

  await openScreen(app, 'Restore');
  await chooseSample(app);
  expect(await focused(app)).not.toBe('body');
});

test('an error stands at its field, in sight at the smallest size, and in the accessibility tree', async ({
  hushcal: app,
}) => {
  const server = await startPractice({ password: PASSWORD });
  try {
    const dialog = await openDialog(app);
    await dialog.getByText('Sign-in options').click();
    await fillServer(app, { url: server.info.base_url, user: 'alice', password: 'not it' });
    const field = dialog.getByLabel('Password', { exact: true });
    await expect(field).toBeFocused();
    await expect(field).toHaveAccessibleDescription(/user name or the password/);
    await expect(dialog.getByRole('alert')).toContainText(/password/);
    const session = await app.page.context().newCDPSession(app.page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    await session.detach();
    const node = nodes.find(({ role, name }) => role?.value === 'textbox' && name?.value === 'Password');
    expect(String(node?.description?.value)).toMatch(/password/i);
    expect(node?.properties?.find(({ name }) => name === 'invalid')?.value.value).toBe('true');
    expect(nodes.some(({ role, ignored }) => role?.value === 'alert' && !ignored)).toBe(true);
    await lookAt(app, 'server-error');
    await expect(dialog.getByRole('button', { name: 'Add the server' })).toBeInViewport();
    await expect(dialog.getByTestId('dialog-foot')).toContainText(/user name or the password/);
    expect(await focused(app)).not.toBe('body');
  } finally {
    await server.close();
  }
});

test('a mail address is enough; a host outside its domain gets the password only when a person says so', async () => {
  const [server, authority] = await Promise.all([startPractice({ password: PASSWORD }), Authority.make()]);
  const { cert, key } = await authority.issue({ names: ['dav.example.test', 'dav.hoster.test'] });
  const front = await tlsFront(server.info.base_url, { cert, key });
  const proxy = await proxyFront(front.port);
  const txt = 'path=/dav/';
  const names = await nameServer({
    '_caldavs._tcp.example.test': { srv: [{ target: 'dav.example.test', port: 443 }], txt },
    '_caldavs._tcp.hosted.test': { srv: [{ target: 'dav.hoster.test', port: 443 }], txt },
  });
  const app = await launchApp({
    env: {
      HTTPS_PROXY: proxy.url,
      SSL_CERT_FILE: authority.root.certFile,
      HUSHCAL_E2E_NAME_SERVER: names.address,
    },
  });
  try {
    const dialog = await openDialog(app);
    await fillServer(app, { url: 'alice@example.test', user: 'alice', password: PASSWORD, name: 'Inside' });
    await expect(app.page.getByRole('region', { name: 'Inside' })).toContainText('https://dav.example.test/dav/');
    expect(names.asked).toContain('_caldavs._tcp.example.test');

    await openDialog(app);
    await fillServer(app, { url: 'alice@hosted.test', user: 'alice', password: PASSWORD, name: 'Outside' });
    await expect(dialog.getByRole('alert')).toContainText('on dav.hoster.test, which does not belong to that domain');
    expect(await app.ask('server.list', {}), 'nobody logged in there').toHaveLength(2);
    await lookAt(app, 'server-outside');
    await dialog.getByRole('button', { name: 'Log in at dav.hoster.test' }).click();
    await expect(app.page.getByRole('region', { name: 'Outside' })).toContainText('https://dav.hoster.test/dav/');
    expect(app.problems).toEqual([]);
  } finally {
    await app.kill();
    await Promise.all([names.close(), proxy.close(), front.close(), server.close()]);
    await authority.remove();
  }
});

test('a file that is dropped where none is taken says where it goes', async ({ hushcal: app }) => {
  await openScreen(app, 'History');
  await dropAt(app, 600, 300, [process.execPath]);
  const hint = app.page.getByTestId('drop-hint');
  await expect(hint).toContainText('Drop backups under Restore');
  await lookAt(app, 'drop-hint');
  await hint.getByRole('button', { name: 'Go to Restore' }).click();
  await expect(app.page.getByTestId('drop-zone')).toBeVisible();
});
