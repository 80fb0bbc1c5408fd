import { join } from 'node:path';
import { z } from 'zod';
import type { PasswordPlace, Secrets } from '../ipc/ports.ts';
import { JsonFile } from '../json-file.ts';

/** The part of Electron's safeStorage that is used. */
export interface Encryption {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
  /** Linux only. */
  getSelectedStorageBackend?(): string;
}

/**
 * Stands before each password that is encrypted. Chromium's AES-CBC proves nothing of what it decrypts: of the keys of other
 * keyrings, one in 256 gives rubbish without an error, which would then be sent to a server.
 */
const MARK = 'Hushcal password: ';

const blobs = z.record(z.string(), z.base64());

/**
 * Passwords of servers. They are written down only where the operating system has a real keyring; under Chromium's
 * `basic_text`, whose key is known to everybody, they stay in memory until the program ends.
 */
export async function openSecrets(folder: string, encryption: Encryption): Promise<Secrets> {
  const reason = whyNotKept(encryption);
  const store = reason === '' ? 'keychain' : 'session';
  const file = await JsonFile.open(join(folder, 'passwords.json'), blobs, {});
  const session = new Map<string, string>();

  const inFile = (id: string): string | null => {
    const blob = store === 'keychain' ? file.value[id] : undefined;
    if (blob === undefined) return null;
    try {
      const text = encryption.decryptString(Buffer.from(blob, 'base64'));
      return text.startsWith(MARK) ? text.slice(MARK.length) : null;
    } catch {
      // Encrypted under another keyring, as what has no mark: it must be typed again.
      return null;
    }
  };
  /** Null when the keyring has been locked since. */
  const encrypt = (password: string): string | null => {
    try {
      return encryption.encryptString(MARK + password).toString('base64');
    } catch {
      return null;
    }
  };
  const dropBlob = async (id: string): Promise<void> => {
    const { [id]: dropped, ...others } = file.value;
    if (dropped !== undefined) await file.set(others);
  };

  const where = (id: string): PasswordPlace =>
    session.has(id) ? 'session' : inFile(id) === null ? 'missing' : 'keychain';

  return {
    store,
    reason,
    places: () => new Map([...session.keys(), ...Object.keys(file.value)].map((id) => [id, where(id)])),
    where,
    keep: async (id, password, remember) => {
      const blob = remember && store === 'keychain' ? encrypt(password) : null;
      if (blob !== null) {
        await file.set({ ...file.value, [id]: blob });
        session.delete(id);
      } else {
        session.set(id, password);
        await dropBlob(id);
      }
    },
    read: (id) => Promise.resolve(session.get(id) ?? inFile(id)),
    forget: async (id) => {
      session.delete(id);
      await dropBlob(id);
    },
  };
}

/** A sentence, or empty when there is a real keyring. */
function whyNotKept(encryption: Encryption): string {
  const backend = encryption.getSelectedStorageBackend?.() ?? 'system';
  if (encryption.isEncryptionAvailable() && backend !== 'basic_text' && backend !== 'unknown') return '';
  return 'No keychain available: passwords, also those of proxies and keys, are kept in memory until you quit. Addresses, users and certificates are kept.';
}
