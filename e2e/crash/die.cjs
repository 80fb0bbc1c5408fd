'use strict';
/*
 * Loaded before the command line (`node --require`): notes every step that could be a process's last one, or ends the
 * process at one of them. Nothing in the product knows of it.
 *
 *   HUSHCAL_STEPS=FILE                    appends one line per step: `journal applied`, `request PUT`, …
 *   HUSHCAL_DIE_AT='journal applied#3 torn'  the third step of that name, at one of its moments
 *
 * Moments: `before` and `after` the step, `torn` in its middle (half of the octets), and `power`: after it, and what was
 * not yet synced of the files that are appended to is lost too, as when the plug is pulled.
 */
const fs = require('node:fs');
const promises = require('node:fs/promises');
const net = require('node:net');
const path = require('node:path');

const stepsFile = process.env['HUSHCAL_STEPS'];
const wanted = /^(.*)#(\d+) (\w+)$/.exec(process.env['HUSHCAL_DIE_AT'] ?? '');
const counts = new Map();
/** Per file that is appended to: octets known to be on the disk. */
const synced = new Map();

/** Counts a step; gives the moment at which to die in it, or undefined. */
function reach(name) {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  if (stepsFile !== undefined) fs.appendFileSync(stepsFile, `${name}\n`);
  return wanted !== null && wanted[1] === name && Number(wanted[2]) === count ? wanted[3] : undefined;
}

function die() {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

function loseUnsynced() {
  for (const [file, size] of synced) {
    if (fs.existsSync(file) && fs.statSync(file).size > size) fs.truncateSync(file, size);
  }
}

/** Runs one asynchronous step; `half` does a part of it at once. */
async function step(name, whole, half) {
  const moment = reach(name);
  if (moment === 'before') die();
  if (moment === 'torn') {
    half();
    die();
  }
  const result = await whole();
  if (moment === 'power') loseUnsynced();
  if (moment !== undefined) die();
  return result;
}

const NAMES = {
  'journal.jsonl': 'journal',
  'plan.jsonl': 'plan',
  'bodies.pack': 'bodies',
  'originals.pack': 'originals',
  'run.json': 'run.json',
  'batch.json': 'batch.json',
  'result.json': 'result.json',
};

/** What is put in the place of an earlier file is written beside it first, with a few letters behind its name. */
function nameOf(file) {
  return NAMES[path.basename(String(file)).replace(/\.[0-9a-f]{8}$/, '')];
}

const open = promises.open;
promises.open = async (file, ...rest) => {
  const handle = await open(file, ...rest);
  const name = nameOf(file);
  if (name !== undefined && rest[0] !== 'r') watch(handle, String(file), name);
  return handle;
};

function watch(handle, file, name) {
  // One that is written anew has lost what was synced of it.
  const { size } = fs.fstatSync(handle.fd);
  if (size === 0 || !synced.has(file)) synced.set(file, size);
  const half = (data) => () => fs.writeSync(handle.fd, data.slice(0, Math.ceil(data.length / 2)));
  for (const method of ['appendFile', 'writeFile']) {
    const original = handle[method];
    handle[method] = (data, ...rest) => {
      const whole = () => original.call(handle, data, ...rest);
      return name === 'journal' ? journalStep(handle, data, whole) : step(`write ${name}`, whole, half(data));
    };
  }
  for (const method of ['datasync', 'sync']) {
    const original = handle[method];
    handle[method] = () =>
      step(`sync ${name}`, async () => {
        const { size } = fs.fstatSync(handle.fd);
        await original.call(handle);
        synced.set(file, size);
      });
  }
}

/** One write of the journal may hold many records: a process can die before, in and after each of them. */
async function journalStep(handle, text, whole) {
  let at = 0;
  for (const line of text.split('\n').slice(0, -1)) {
    const moment = reach(`journal ${JSON.parse(line).k}`);
    if (moment !== undefined) {
      const end = { before: at, torn: at + Math.ceil(line.length / 2) }[moment] ?? at + line.length + 1;
      fs.writeSync(handle.fd, text.slice(0, end));
      if (moment === 'power') loseUnsynced();
      die();
    }
    at += line.length + 1;
  }
  await whole();
}

const rename = promises.rename;
promises.rename = (from, to) =>
  step(`rename ${path.basename(to) === 'result.json' ? 'result.json' : 'folder'}`, () => rename(from, to));

// Requests leave by `_write` or, corked, by `_writev`; when these return, the system has the octets.
const REQUEST = /^([A-Z]{3,12}) \/\S* HTTP\/1\.1\r\n/;
const methods = new WeakMap();

function sendStep(socket, chunks, send) {
  const octets = Buffer.concat(
    chunks.map(({ chunk, encoding }) => (Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk, encoding))),
  );
  const method = REQUEST.exec(octets.toString('latin1', 0, 4096))?.[1];
  if (method === undefined) return send();
  methods.set(socket, method);
  const moment = reach(`request ${method}`);
  if (moment === 'before') die();
  if (moment === 'torn') {
    write.call(socket, octets.subarray(0, octets.length / 2), 'buffer', () => undefined);
    die();
  }
  send();
  if (moment === 'power') loseUnsynced();
  if (moment !== undefined) die();
}

const { _write: write, _writev: writev, push } = net.Socket.prototype;
net.Socket.prototype._write = function (chunk, encoding, done) {
  sendStep(this, [{ chunk, encoding }], () => write.call(this, chunk, encoding, done));
};
net.Socket.prototype._writev = function (chunks, done) {
  sendStep(this, chunks, () => writev.call(this, chunks, done));
};

// An answer that has come and that nobody has read yet.
net.Socket.prototype.push = function (chunk, ...rest) {
  const method = methods.get(this);
  if (method !== undefined && Buffer.isBuffer(chunk) && chunk.toString('latin1', 0, 9) === 'HTTP/1.1 ') {
    if (reach(`answer ${method}`) !== undefined) die();
  }
  return push.call(this, chunk, ...rest);
};
