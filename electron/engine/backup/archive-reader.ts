import { createHash } from 'node:crypto';
import { openEntry } from '../read/zip-entry.ts';
import { parseKept } from '../run/kept/kept.ts';
import { sealed, sealOf } from '../run/kept/seal.ts';
import { tryJson } from '../run/kept/sealed-lines.ts';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { backupManifest, type BackupManifest } from '../../../shared/model/kept/backup.ts';
import { HushError } from '../../../shared/model/failure.ts';

/** Name of the manifest inside a backup. */
export const MANIFEST = 'manifest.json';
/** Octets of a manifest: half a million events need less. */
const MAX_MANIFEST = 128 * 1024 * 1024;
/** Octets of any other entry: a calendar object, or what belongs to a calendar. */
const MAX_ENTRY = 64 * 1024 * 1024;
const MAX_ENTRIES = 1_000_000;
/** Octets of the names of all entries. */
const MAX_NAMES = 128 * 1024 * 1024;

/** A backup on the disk: its manifest, and its entries one by one. */
export class ArchiveReader {
  readonly manifest: BackupManifest;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, manifest: BackupManifest) {
    this.#zip = zip;
    this.#entries = entries;
    this.manifest = manifest;
  }

  /** Throws HushError when the file is no backup of Hushcal. */
  static async open(path: string): Promise<ArchiveReader> {
    let zip: ZipFile | null = null;
    try {
      zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true });
      const entries = new Map<string, Entry>();
      let names = 0;
      for await (const entry of zip.eachEntry()) {
        names += entry.fileName.length;
        if (entries.size >= MAX_ENTRIES || names > MAX_NAMES) throw new Error('too many entries');
        entries.set(entry.fileName, entry);
      }
      const head = entries.get(MANIFEST);
      if (head === undefined) throw new Error('no manifest');
      const manifest = manifestFrom((await octetsOf(zip, head, MAX_MANIFEST)).toString('utf8'));
      if (manifest === null) throw new Error('damaged manifest');
      return new ArchiveReader(zip, entries, manifest);
    } catch (cause) {
      zip?.close();
      throw new HushError(
        {
          code: 'NOT_A_BACKUP',
          message: `${path} is not a backup that Hushcal made, or it is damaged.`,
          reaction: 'fix-input',
        },
        { cause },
      );
    }
  }

  /** Names of all entries but the manifest and folders. */
  get names(): readonly string[] {
    return [...this.#entries.keys()].filter((name) => name !== MANIFEST && !name.endsWith('/'));
  }

  /** The octets of an entry; null when it is not there, or is not what its CRC says. */
  async read(name: string): Promise<Buffer | null> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    return octetsOf(this.#zip, entry).catch(() => null);
  }

  close(): void {
    this.#zip.close();
  }
}

/** The octets of an entry. Rejects when they are not what its CRC says, and when they are more than any honest one has. */
export async function octetsOf(zip: ZipFile, entry: Entry, most = MAX_ENTRY): Promise<Buffer> {
  // yauzl lets no more out than the size that is said here.
  if (entry.uncompressedSize > most) throw new Error('too large');
  const chunks: Buffer[] = [];
  for await (const chunk of await openEntry(zip, entry)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Whose checksum the manifest of a backup has. */
const MANIFEST_OWNER = 'hushcal-backup';

/** The manifest of a backup; null when the text is none, or is not as it was written. */
export function manifestFrom(text: string): BackupManifest | null {
  return sealOf(text, MANIFEST_OWNER) === 'bad' ? null : parseKept(backupManifest, tryJson(text));
}

/** The text of a manifest with its checksum. */
export function manifestText(manifest: BackupManifest): string {
  const { sum: _sum, ...plain } = manifest;
  return `${sealed(JSON.stringify(plain, null, 1), MANIFEST_OWNER)}\n`;
}

/** Hex SHA-256. */
export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
