import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  existsSync,
  appendFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { Places } from './places.ts';
import { join } from 'node:path';
import type { CollectionKind, Message } from './model.ts';

/** What a collection keeps beside its objects. */
interface CollectionRecord {
  readonly kind: CollectionKind;
  readonly components: readonly string[];
  readonly properties: readonly (readonly [string, string])[];
  readonly created: number;
}

interface ObjectRecord {
  readonly name: string;
  readonly text: string;
  readonly created: number;
  readonly modified: number;
  readonly scheduleTag: string | null;
  readonly properties?: readonly (readonly [string, string])[];
}

/**
 * Where the store keeps what must survive a restart. Whoever waits for `settled` before an answer goes out may say that it
 * is kept: writing is done when the call returns, removing of objects may take a while and holds up nobody.
 */
export interface Persistence {
  saveCollection(user: string, slug: string, record: CollectionRecord): void;
  removeCollection(user: string, slug: string): void;
  saveObject(user: string, slug: string, object: ObjectRecord): void;
  removeObject(user: string, slug: string, name: string): void;
  appendMessages(messages: readonly Message[]): void;
  clearMessages(): void;
  collections(user: string): { slug: string; record: CollectionRecord }[];
  objects(user: string, slug: string): ObjectRecord[];
  messages(): Message[];
  /** Resolves when everything asked for so far is done. */
  settled(): Promise<void>;
}

/** Nothing is kept. */
export const MEMORY: Persistence = {
  saveCollection: () => undefined,
  removeCollection: () => undefined,
  saveObject: () => undefined,
  removeObject: () => undefined,
  appendMessages: () => undefined,
  clearMessages: () => undefined,
  collections: () => [],
  objects: () => [],
  messages: () => [],
  settled: () => Promise.resolve(),
};

const safe = (name: string): string => encodeURIComponent(name).replace(/\*/g, '%2A').replace(/^\./, '%2E');
/** File names end at 255 octets on common systems: a longer name is kept under its hash, the name itself in the meta file. */
function fileName(name: string): string {
  const plain = safe(name);
  return plain.length <= 200 ? plain : `~${createHash('sha1').update(name).digest('hex')}`;
}

/** Written whole or not at all. */
function writeWhole(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, path);
}

const COLLECTION = 'collection.json';

/** Keeps every object as a file: `DIR/USER/SLUG/NAME.object`, its times and Schedule-Tag in `NAME.meta`. */
export function openDisk(dir: string): Persistence {
  const folder = (user: string, slug: string): string => join(dir, 'calendars', safe(user), safe(slug));
  const messagesFile = join(dir, 'messages.jsonl');
  const places = new Places();
  mkdirSync(join(dir, 'calendars'), { recursive: true, mode: 0o700 });
  const subfolders = (path: string): string[] =>
    existsSync(path)
      ? readdirSync(path, { withFileTypes: true })
          .filter((e) => e.isDirectory())
          .map((e) => e.name)
      : [];
  return {
    saveCollection: (user, slug, record) => {
      mkdirSync(folder(user, slug), { recursive: true, mode: 0o700 });
      writeWhole(join(folder(user, slug), COLLECTION), JSON.stringify(record));
    },
    removeCollection: (user, slug) => {
      rmSync(folder(user, slug), { recursive: true, force: true });
    },
    saveObject: (user, slug, object) => {
      const base = places.forSaving(join(folder(user, slug), fileName(object.name)));
      const { text, ...meta } = object;
      writeWhole(`${base}.meta`, JSON.stringify(meta));
      writeWhole(`${base}.object`, text);
    },
    removeObject: (user, slug, name) => {
      places.remove(join(folder(user, slug), fileName(name)));
    },
    appendMessages: (messages) => {
      appendFileSync(messagesFile, messages.map((m) => `${JSON.stringify(m)}\n`).join(''), { mode: 0o600 });
    },
    clearMessages: () => {
      rmSync(messagesFile, { force: true });
    },
    collections: (user) =>
      subfolders(join(dir, 'calendars', safe(user)))
        .filter((name) => existsSync(join(dir, 'calendars', safe(user), name, COLLECTION)))
        .map((name) => ({
          slug: decodeURIComponent(name),
          record: readRecord(join(dir, 'calendars', safe(user), name, COLLECTION)),
        })),
    objects: (user, slug) =>
      readdirSync(folder(user, slug))
        .filter((file) => file.endsWith('.object'))
        .map((file) => {
          const object = readObject(folder(user, slug), file);
          places.found(
            join(folder(user, slug), fileName(object.name)),
            join(folder(user, slug), file.slice(0, -'.object'.length)),
          );
          return object;
        }),
    messages: () => (existsSync(messagesFile) ? readMessages(messagesFile) : []),
    settled: () => places.settled(),
  };
}

const readRecord = (path: string): CollectionRecord => {
  // The file was written by saveCollection of the same version.
  return JSON.parse(readFileSync(path, 'utf8')) as CollectionRecord;
};

function readObject(folder: string, file: string): ObjectRecord {
  const base = join(folder, file.slice(0, -'.object'.length));
  const text = readFileSync(join(folder, file), 'utf8');
  // The file was written by saveObject of the same version.
  const meta = JSON.parse(readFileSync(`${base}.meta`, 'utf8')) as Omit<ObjectRecord, 'text'>;
  return { ...meta, text };
}

function readMessages(path: string): Message[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  // A last line without its end was cut by a crash.
  return lines.slice(0, -1).map((text) => JSON.parse(text) as Message);
}
