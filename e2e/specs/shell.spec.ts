import { expect } from '@playwright/test';
import { readdir } from 'node:fs/promises';
import { launchApp, test, type RunningApp } from '../harness/app.ts';
import { expectNoOverflow, screenshots } from '../harness/looks.ts';

test('the window opens with our page, without an error; theme and bounds are remembered', async ({
  alone: hushcal,
}) => {
  await test.step('the first start', async () => {
    await expect(hushcal.page).toHaveTitle('Hushcal');
    expect(hushcal.page.url()).toMatch(/^app:\/\/hushcal\//);
    await expect(hushcal.page.locator('#root')).not.toBeEmpty();
    expect(await sizeOf(hushcal)).toEqual([1280, 800]);
  });
  await hushcal.ask('app.set_theme', { theme: 'dark' });
  await hushcal.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setSize(1100, 720);
  });
  await hushcal.close();
  const again = await launchApp({ userData: hushcal.userData });
  try {
    await test.step('the next start', async () => {
      expect(await again.ask('app.info', {})).toMatchObject({ theme: 'dark' });
      expect(await sizeOf(again)).toEqual([1100, 720]);
    });
  } finally {
    await again.kill();
  }
});

function sizeOf({ electron }: RunningApp): Promise<number[] | undefined> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize());
}

test('nothing sticks out of the first screen at both window sizes', async ({ hushcal }) => {
  await expect(hushcal.page.getByRole('navigation').first()).toBeVisible();
  await expectNoOverflow(hushcal);
  await screenshots(hushcal, 'first-start');
});

test('the page has neither Node nor Electron, and one object of ours', async ({ hushcal }) => {
  const seen = await hushcal.page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in globalThis),
    bridge: Object.keys((globalThis as unknown as { hushcal: object }).hushcal).sort(),
  }));
  expect(seen).toEqual({ globals: [], bridge: ['request', 'subscribe'] });
  const preferences = await hushcal.electron.evaluate(({ BrowserWindow }) => {
    // Electron has the getter and not its type.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as
      | { getLastWebPreferences(): { sandbox?: boolean; contextIsolation?: boolean; nodeIntegration?: boolean } }
      | undefined;
    const { sandbox, contextIsolation, nodeIntegration } = contents?.getLastWebPreferences() ?? {};
    return { sandbox, contextIsolation, nodeIntegration };
  });
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false });
});

test('the policy refuses foreign scripts, connections and frames', async ({ hushcal }) => {
  const refused = await hushcal.page.evaluate(`(async () => {
    const kinds = [];
    const four = new Promise((done) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        kinds.push(event.effectiveDirective);
        if (new Set(kinds).size === 4) done();
      });
    });
    const add = (tag, fields) => document.body.append(Object.assign(document.createElement(tag), fields));
    add('script', { src: 'https://evil.example/x.js' });
    add('script', { textContent: 'globalThis.hacked = true' });
    add('iframe', { src: 'https://evil.example/' });
    add('img', { src: 'https://evil.example/x.png' });
    await fetch('https://evil.example/').catch(() => undefined);
    await four;
    return { kinds: [...new Set(kinds)].sort(), hacked: 'hacked' in globalThis };
  })()`);
  expect(refused).toEqual({
    kinds: ['connect-src', 'frame-src', 'img-src', 'script-src-elem'],
    hacked: false,
  });
  // The main process says it a moment later.
  await expect.poll(() => hushcal.stderr.join('\n')).toContain('ERR_BLOCKED_BY_CSP');
  hushcal.problems.length = 0;
  hushcal.stderr.length = 0;
});

test('the window cannot be led away', async ({ hushcal }) => {
  const before = hushcal.page.url();
  const opened = await hushcal.page.evaluate(`window.open('https://evil.example/') === null`);
  expect(opened).toBe(true);
  await hushcal.page.evaluate(`location.href = 'https://evil.example/'`);
  await hushcal.page.evaluate(`location.href = 'file:///etc/passwd'`);
  await hushcal.ask('app.info', {});
  expect(hushcal.page.url()).toBe(before);
  expect(await hushcal.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  hushcal.problems.length = 0;
});

test('the page can save no file', async ({ hushcal }) => {
  const folder = await hushcal.electron.evaluate(({ session, app }) => {
    const seen: string[] = [];
    Object.assign(globalThis, { downloads: seen });
    session.defaultSession.on('will-download', (event, item) => {
      item.setSavePath(`${app.getPath('userData')}/downloaded.txt`);
      seen.push(event.defaultPrevented ? 'refused' : 'allowed');
    });
    return app.getPath('userData');
  });
  await hushcal.page.evaluate(`(() => {
    const link = document.createElement('a');
    link.href = 'data:text/plain,owned';
    link.download = 'owned.txt';
    link.click();
  })()`);
  await expect
    .poll(() => hushcal.electron.evaluate(() => (globalThis as unknown as { downloads: string[] }).downloads))
    .toEqual(['refused']);
  expect(await readdir(folder)).not.toContain('downloaded.txt');
});

test('only files of the page are served, and none outside its folder', async ({ hushcal }) => {
  const statuses = await hushcal.electron.evaluate(async ({ net }) => {
    const paths = ['/index.html', '/../main/main.cjs', '/%2e%2e/main/main.cjs', '/..%2fmain%2fmain.cjs', '/none.html'];
    const answers = await Promise.all(paths.map((path) => net.fetch(`app://hushcal${path}`)));
    const other = await net.fetch('app://other/index.html');
    return [...answers, other].map((answer) => answer.status);
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404]);
});

test('no permission is granted', async ({ hushcal }) => {
  const state = await hushcal.page.evaluate(`Promise.all(['notifications', 'geolocation', 'clipboard-read'].map(
    async (name) => (await navigator.permissions.query({ name })).state))`);
  expect(state).toEqual(['denied', 'denied', 'denied']);
});

test('requests are refused by envelope: unknown route, surplus key, another window', async ({ hushcal }) => {
  // What the types forbid is what is tried here.
  const surplus = { surplus: true } as unknown as Record<string, never>;
  expect(await hushcal.request('app.info', surplus)).toMatchObject({
    ok: false,
    failure: { code: 'IPC_INVALID_INPUT' },
  });
  const unknown = 'constructor' as 'app.info';
  expect(await hushcal.request(unknown, {})).toMatchObject({ ok: false, failure: { code: 'IPC_UNKNOWN_ROUTE' } });

  const foreign = await hushcal.electron.evaluate(async ({ BrowserWindow, app }) => {
    const preload = `${app.getAppPath()}/out/preload/preload.cjs`;
    const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await window.loadURL('data:text/html,<p>foreign</p>');
    const answer: unknown = await window.webContents.executeJavaScript(
      `hushcal.request('app.info', {}).then((text) => JSON.parse(text))`,
    );
    window.destroy();
    return answer;
  });
  expect(foreign).toMatchObject({ ok: false, failure: { code: 'IPC_FORBIDDEN' } });
});

test('a page that names a path, or makes up a drop, opens no file', async ({ hushcal }) => {
  const answers = await hushcal.page.evaluate(`(async () => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], '/etc/passwd'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
    const ask = (input, files) => hushcal.request('source.drop', input, files).then((text) => JSON.parse(text));
    return [
      await ask({ paths: ['/etc/passwd'] }),
      await ask({ paths: ['/etc/passwd'] }, [...transfer.files]),
      await ask({ paths: [] }, [{ path: '/etc/passwd', name: 'passwd' }]),
    ].map(({ ok, failure }) => ok || failure.code);
  })()`);
  expect(answers).toEqual(['IPC_INVALID_INPUT', 'IPC_INVALID_INPUT', 'IPC_INVALID_INPUT']);
});
