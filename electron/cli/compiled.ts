import { isAscii } from 'node:buffer';
import {
  readdirSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { cacheDir } from '../paths.ts';

/*
 * What V8 has compiled is kept from one start to the next, in the person's cache folder: compiling is half of a start.
 * Node's own such cache (module.enableCompileCache) is of 22.1, and the same for all programs of a person.
 */

type Environment = Readonly<Record<string, string | undefined>>;

/** Octets of the checksum over source and code before what V8 gave: V8 itself looks at the length of the source only. */
const SUM = 4;

/** A part that runs in this process. */
interface Compiled {
  readonly kept: string;
  /** Checksum of the source. */
  readonly start: number;
  readonly script: Script;
}

interface Loaded {
  readonly exports: unknown;
  require(id: string): unknown;
}

/** `_extensions` is how `require` loads a file, by the end of its name: as old as Node, and in no types. */
const loaders = (Module as unknown as { _extensions: Record<string, (module: Loaded, file: string) => void> })
  ._extensions;

/**
 * From here on, parts of the program that stand in `parts` are loaded compiled where they were compiled before; what is
 * compiled now is left for the next start when the process ends. Whatever hinders that, they are compiled as ever.
 *
 * V8 compiles a function when it is called. A command that runs for the first time therefore leaves anew what it shares
 * with others, too: with the functions that they did not call.
 */
export function keepCompiled(parts: string, env: Environment): void {
  if ((env['NODE_DISABLE_COMPILE_CACHE'] ?? '') !== '') return;
  const usual = loaders['.js'];
  if (usual === undefined) return;
  const folder = join(cacheDir(env), 'compiled');
  const loaded: Compiled[] = [];
  let isNew = false;
  loaders['.cjs'] = (module, file) => {
    if (dirname(file) !== parts) {
      usual(module, file);
      return;
    }
    // The tag is of V8, its flags and the processor.
    const kept = join(folder, `${basename(file, '.cjs')}-${cachedDataVersionTag().toString(36)}.v8`);
    const source = readFileSync(file);
    const start = crc32(source);
    const cachedData = readKept(kept, start);
    // Octets as characters: V8 copies nothing, and it looks at fewer of them. Our parts are such (build/cli.vite.config.ts).
    const text = source.toString(isAscii(source) ? 'latin1' : 'utf8');
    const script = new Script(Module.wrap(text), {
      filename: file,
      ...(cachedData === null ? {} : { cachedData }),
    });
    loaded.push({ kept, start, script });
    isNew ||= cachedData === null || script.cachedDataRejected === true;
    const run = script.runInThisContext() as (...scope: readonly unknown[]) => void;
    run(module.exports, (id: string) => module.require(id), module, file, parts);
  };
  process.once('exit', () => {
    if (isNew) keep(folder, parts, loaded);
  });
}

/** Null for what is not there, broken, or may have been written by somebody else: it is run as it is. */
function readKept(path: string, start: number): Buffer | null {
  try {
    const file = openSync(path, 'r');
    try {
      const { uid, mode } = fstatSync(file);
      if (process.geteuid !== undefined && (uid !== process.geteuid() || (mode & 0o022) !== 0)) return null;
      const all = readFileSync(file);
      const data = all.subarray(SUM);
      return all.length > SUM && all.readUInt32LE(0) === crc32(data, start) ? data : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** A cache that cannot be written is no trouble of the person's. What belongs to no part of this version goes. */
function keep(folder: string, parts: string, loaded: readonly Compiled[]): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { kept, start, script } of loaded) {
      const data = script.createCachedData();
      const sum = Buffer.alloc(SUM);
      sum.writeUInt32LE(crc32(data, start));
      const beside = `${kept}.${process.pid}`;
      writeFileSync(beside, Buffer.concat([sum, data]), { mode: 0o600 });
      renameSync(beside, kept);
    }
    const names = readdirSync(parts).filter((name) => name.endsWith('.cjs'));
    for (const name of readdirSync(folder)) {
      if (!names.some((part) => name.startsWith(`${basename(part, '.cjs')}-`))) rmSync(join(folder, name));
    }
  } catch {
    // It is compiled again the next time.
  }
}
