import fs from 'node:fs';
import { ServerResponse } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';

/*
 * For the hunt for tests that believe in an order: half of what the disk, zlib and our own servers answer comes later than it
 * did, by up to so many milliseconds, so that what runs at the same time ends in any order. What fails here once in two runs
 * fails elsewhere once in a thousand.
 */

const most = Number(process.env['HUSHCAL_LATE']);
// The real one: tests put their own clocks in its place.
const { setTimeout } = globalThis;

const isLate = () => Math.random() < 0.5;
const later = (then) => setTimeout(then, Math.random() * most);

/** A function whose promise settles late. */
const settlesLate = (call) =>
  async function (...args) {
    try {
      return await call.apply(this, args);
    } finally {
      if (isLate()) await new Promise(later);
    }
  };

/** A function that calls back late. */
const callsBackLate = (call) =>
  function (...args) {
    const back = args.at(-1);
    if (typeof back === 'function' && isLate()) args[args.length - 1] = (...answer) => later(() => back(...answer));
    return call.apply(this, args);
  };

/** The end of an answer that is sent late. */
const endsLate = (end) =>
  function (...args) {
    if (isLate()) later(() => end.apply(this, args));
    else end.apply(this, args);
    return this;
  };

function make(late, owner, names) {
  for (const name of names) {
    const call = owner[name];
    owner[name] = late(call);
    // How `promisify` gets at its answer hangs on it.
    for (const key of Object.getOwnPropertySymbols(call)) owner[name][key] = call[key];
  }
}

// A process runs many files.
const done = Symbol.for('hushcal late answers');
if (globalThis[done] === undefined) {
  globalThis[done] = true;
  const { constants: _constants, watch: _watch, glob: _glob, ...promises } = fs.promises;
  make(settlesLate, fs.promises, Object.keys(promises));
  const handle = await fs.promises.open(process.execPath);
  make(settlesLate, Object.getPrototypeOf(handle), ['read', 'write', 'writev', 'sync', 'datasync', 'stat', 'truncate']);
  await handle.close();
  make(callsBackLate, fs, ['open', 'read', 'write', 'close', 'readFile', 'stat', 'lstat', 'readdir']);
  make(callsBackLate, Object.getPrototypeOf(Object.getPrototypeOf(zlib.InflateRaw.prototype)), ['_transform']);
  make(endsLate, ServerResponse.prototype, ['end']);
  syncBuiltinESMExports();
}
