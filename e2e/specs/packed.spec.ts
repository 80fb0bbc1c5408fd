import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { deleteProfile, launchApp } from '../harness/app.ts';

test('the packed app starts, is packed, and says what build it is', async () => {
  const packed = await launchApp({ packed: true });
  try {
    expect(await packed.electron.evaluate(({ app }) => [app.isPackaged, app.getName()])).toEqual([true, 'Hushcal']);
    await expect(packed.page.locator('#root')).not.toBeEmpty();
    const info = await packed.ask('app.info', {});
    const electron = await packed.electron.evaluate(() => process.versions.electron);
    expect(info.electron).toBe(electron);
    expect((await packed.ask('server.list', {}))[0]).toMatchObject({ practice: true });
    const opened = await packed.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.openDevTools();
      return contents?.isDevToolsOpened();
    });
    expect(opened, 'developer tools of a packed app').toBe(false);
    expect(packed.problems).toEqual([]);
  } finally {
    await packed.kill();
    await deleteProfile(packed.userData);
  }
});

test('the packed program is Hushcal only: its fuses are blown', async () => {
  const fuses = await getCurrentFuseWire(process.env['HUSHCAL_E2E_PACKED'] ?? '');
  const [off, on] = ['0', '1'].map((state) => state.charCodeAt(0));
  expect({
    node: fuses[FuseV1Options.RunAsNode],
    nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    otherCode: fuses[FuseV1Options.OnlyLoadAppFromAsar],
    integrity: fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
    files: fuses[FuseV1Options.GrantFileProtocolExtraPrivileges],
    // The command line of the Linux packages runs on it.
  }).toEqual({
    node: process.platform === 'linux' ? on : off,
    nodeOptions: off,
    otherCode: on,
    integrity: on,
    files: off,
  });
});
