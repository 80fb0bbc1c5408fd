import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import workerThreads from 'node:worker_threads';

/** Names the folder in which tests note what they read; without it they note nothing. */
export const READS_VARIABLE = 'HUSHCAL_READS';

/** Stands for all files: what another process reads is not seen. */
export const EVERYTHING = '*';

const FILES =
  /^(?:open|opendir|readFile|readdir|createReadStream|l?stat|statfs|access|exists|readlink|realpath|cp|copyFile)(?:Sync)?$/;
const PROCESSES = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'];
/** Programs that read what they are given, and that lies in a test's own folder. */
const HARMLESS = ['openssl'];
/** So deep lies what the libraries do between a module of ours and the file. */
const DEPTH = 60;

/**
 * From now on, what this process looks at in the file system is noted with each module whose call is on the stack: the one that
 * asked, and the one that may keep the answer for later callers.
 * @param {(path: string) => boolean} counts whether anybody wants to know of this path
 * @param {(modules: string[], path: string) => void} note modules as paths or `file:` URLs; EVERYTHING for another process
 */
export function watchReads(counts, note) {
  const looked = (path) => {
    if (path !== null && counts(path)) note(modulesOnStack(), path);
  };
  const started = () => {
    note(modulesOnStack(), EVERYTHING);
  };
  for (const room of [fs, fs.promises]) {
    for (const name of Object.keys(room).filter((key) => FILES.test(key))) {
      before(room, name, ([path]) => looked(pathOf(path)));
    }
  }
  for (const name of PROCESSES) {
    before(childProcess, name, ([command]) => {
      if (!HARMLESS.includes(command)) started();
    });
  }
  workerThreads.Worker = class extends workerThreads.Worker {
    constructor(...given) {
      started();
      super(...given);
    }
  };
  syncBuiltinESMExports();
}

function before(room, name, tell) {
  const original = room[name];
  const wrapped = function (...given) {
    tell(given);
    return Reflect.apply(original, this, given);
  };
  // What hangs on a function (`promisify.custom`, `realpath.native`) stays there.
  room[name] = Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
}

function pathOf(given) {
  if (given instanceof URL) return fileURLToPath(given);
  if (typeof given === 'string') return given;
  return Buffer.isBuffer(given) ? given.toString() : null;
}

function modulesOnStack() {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFileName());
  const { stack } = new Error('where');
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  return [...new Set(stack.filter((name) => name !== null && !name.startsWith('node:')))];
}
