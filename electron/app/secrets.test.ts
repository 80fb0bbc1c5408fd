import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openSecrets, type Encryption } from './secrets.ts';

const PASSWORD = 'correct horse € battery';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-secrets-'));
});

/** Turns bits around, so that what is stored is not what came in; another `key` cannot read it. */
function keyring(backend: string, isAvailable = true, key = 0xff): Encryption {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ key));
  return {
    isEncryptionAvailable: () => isAvailable,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => turn(Buffer.from(`v11${text}`)),
    decryptString: (bytes) => {
      const text = turn(bytes).toString();
      if (!text.startsWith('v11')) throw new Error('cannot decrypt');
      return text.slice(3);
    },
  };
}

async function everythingWritten(): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

describe('with a real keyring', () => {
  test('a remembered password is there after a new start, and not in clear', async () => {
    const secrets = await openSecrets(folder, keyring('gnome_libsecret'));
    expect([secrets.store, secrets.reason]).toEqual(['keychain', '']);
    await secrets.keep('a', PASSWORD, true);
    expect(secrets.where('a')).toBe('keychain');
    const again = await openSecrets(folder, keyring('gnome_libsecret'));
    expect(await again.read('a')).toBe(PASSWORD);
    expect(await everythingWritten()).not.toContain(PASSWORD);
    await again.forget('a');
    expect(again.where('a')).toBe('missing');
    expect(await everythingWritten()).not.toContain('"a"');
  });

  test('one that is not to be remembered stays in memory and takes the old one away', async () => {
    const secrets = await openSecrets(folder, keyring('kwallet6'));
    await secrets.keep('a', 'old', true);
    await secrets.keep('a', PASSWORD, false);
    expect([secrets.where('a'), await secrets.read('a')]).toEqual(['session', PASSWORD]);
    const again = await openSecrets(folder, keyring('kwallet6'));
    expect([again.where('a'), await again.read('a')]).toEqual(['missing', null]);
  });

  test('a keyring that is locked meanwhile costs no password: it stays in memory, and the old one is gone', async () => {
    const ring = keyring('gnome_libsecret');
    let isLocked = false;
    const encryptString = (text: string) => {
      if (isLocked) throw new Error('Error while encrypting the text provided to safeStorage.encryptString.');
      return ring.encryptString(text);
    };
    const secrets = await openSecrets(folder, { ...ring, encryptString });
    await secrets.keep('a', 'old', true);
    isLocked = true;
    await secrets.keep('a', PASSWORD, true);
    expect([secrets.where('a'), await secrets.read('a')]).toEqual(['session', PASSWORD]);
    const again = await openSecrets(folder, ring);
    expect([again.where('a'), await again.read('a')]).toEqual(['missing', null]);
  });

  test('one that another keyring wrote is missing', async () => {
    await (await openSecrets(folder, keyring('gnome_libsecret'))).keep('a', PASSWORD, true);
    const other = await openSecrets(folder, keyring('gnome_libsecret', true, 0x55));
    expect([other.where('a'), await other.read('a')]).toEqual(['missing', null]);
  });

  test('what another keyring makes of it by chance is no password', async () => {
    await (await openSecrets(folder, keyring('gnome_libsecret'))).keep('a', PASSWORD, true);
    // One wrong key of 256 finds an end that it can believe in, and gives rubbish instead of an error.
    const lucky = { ...keyring('gnome_libsecret'), decryptString: () => '\ufffd\u0007rubbish' };
    const other = await openSecrets(folder, lucky);
    expect([other.where('a'), await other.read('a')]).toEqual(['missing', null]);
  });
});

describe.each([
  ['basic_text', true],
  ['basic_text', false],
  ['unknown', true],
  ['gnome_libsecret', false],
])('with %s, available: %s', (backend, isAvailable) => {
  test('nothing is ever written', async () => {
    const secrets = await openSecrets(folder, keyring(backend, isAvailable));
    expect(secrets.store).toBe('session');
    expect(secrets.reason).toMatch(/memory/);
    await secrets.keep('a', PASSWORD, true);
    expect([secrets.where('a'), await secrets.read('a')]).toEqual(['session', PASSWORD]);
    expect(await readdir(folder)).toEqual([]);
  });
});
