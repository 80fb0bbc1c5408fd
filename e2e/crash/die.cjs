'use strict';
/*
 * Loaded before the command line (`node --require`): notes every step that could be a process's last one, ends the process
 * at one of them, or lets it wait at many. Nothing in the product knows of it.
 *
 *   HUSHCAL_STEPS=FILE                       appends one line per step: `journal applied`, `request PUT`, …
 *   HUSHCAL_DIE_AT='journal applied#3 torn'  the third step of that name, at one of its moments
 *   HUSHCAL_HALT_AT='["request PUT#1 after"]'  says each of them on file descriptor 3 and waits for an octet on 4: what
 *                                            would be left there is looked at (halts.ts), and the process goes on
 *   HUSHCAL_LINGER=50                        how long a journal waits for more, in milliseconds; here it waits as long as it can
 *
 * Moments: `before` and `after` the step, `torn` in its middle (half of the octets), and `power`: after it, and what was
 * not yet synced of the files that are appended to is lost too, as when the plug is pulled.
 */
const fs = require('node:fs');
const promises = require('node:fs/promises');
const net = require('node:net');
const path = require('node:path');

const stepsFile = process.env['HUSHCAL_STEPS'];
const deadly = process.env['HUSHCAL_DIE_AT'];
const halts = new Set(JSON.parse(process.env['HUSHCAL_HALT_AT'] ?? '[]'));
const counts = new Map();
/** Per file that is appended to: octets known to be on the disk. */
const synced = new Map();

// Which records share a write would depend on the speed of the machine, and with them the steps.
const linger = Number(process.env['HUSHCAL_LINGER']);
const { setTimeout } = globalThis;
globalThis.setTimeout = (act, delay, ...rest) => setTimeout(act, delay === linger ? 60_000 : delay, ...rest);

/** Counts a step; gives what names one of its moments. */
function reach(name) {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  if (stepsFile !== undefined) fs.appendFileSync(stepsFile, `${name}\n`);
  return (moment) => `${name}#${count} ${moment}`;
}

function isWanted(at) {
  return at === deadly || halts.has(at);
}

/** The process is at this moment: it ends, waits, or nobody wanted that. */
function pass(at) {
  if (at === deadly) die(at.endsWith(' power'));
  if (halts.has(at)) {
    fs.writeSync(3, `${JSON.stringify({ at, lost: at.endsWith(' power') ? unsynced() : [] })}\n`);
    fs.readSync(4, Buffer.alloc(1));
  }
}

function die(withPower) {
  if (withPower) for (const [file, size] of unsynced()) fs.truncateSync(file, size);
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

/** Files that are longer than what is known to be on the disk, and how much that is. */
function unsynced() {
  return [...synced].filter(([file, size]) => fs.existsSync(file) && fs.statSync(file).size > size);
}

/** Runs one asynchronous step; `half` does a part of it at once and gives the rest. */
async function step(name, whole, half) {
  const at = reach(name);
  pass(at('before'));
  let rest = whole;
  if (isWanted(at('torn'))) {
    rest = half();
    pass(at('torn'));
  }
  const result = await rest();
  pass(at('after'));
  pass(at('power'));
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
  for (const method of ['appendFile', 'writeFile']) {
    const original = handle[method];
    handle[method] = (data, ...options) => {
      const whole = (part) => original.call(handle, part, ...options);
      if (name === 'journal') return journalStep(handle, data, whole);
      const half = () => {
        const middle = Math.ceil(data.length / 2);
        fs.writeSync(handle.fd, data.slice(0, middle));
        return () => whole(data.slice(middle));
      };
      return step(`write ${name}`, () => whole(data), half);
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
  let written = 0;
  let start = 0;
  for (const line of text.split('\n').slice(0, -1)) {
    const at = reach(`journal ${JSON.parse(line).k}`);
    const end = start + line.length + 1;
    const moments = { before: start, torn: start + Math.ceil(line.length / 2), after: end, power: end };
    for (const [moment, upTo] of Object.entries(moments)) {
      if (!isWanted(at(moment))) continue;
      fs.writeSync(handle.fd, text.slice(written, upTo));
      written = upTo;
      pass(at(moment));
    }
    start = end;
  }
  await whole(text.slice(written));
}

const rename = promises.rename;
promises.rename = (from, to) =>
  step(`rename ${path.basename(to) === 'result.json' ? 'result.json' : 'folder'}`, () => rename(from, to));

// Requests leave by `_write` or, corked, by `_writev`; when these return, the system has the octets.
const REQUEST = /^([A-Z]{3,12}) \/\S* HTTP\/1\.1\r\n/;
const methods = new WeakMap();

function sendStep(socket, chunks, done, send) {
  const octets = Buffer.concat(
    chunks.map(({ chunk, encoding }) => (Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk, encoding))),
  );
  const method = REQUEST.exec(octets.toString('latin1', 0, 4096))?.[1];
  if (method === undefined) return send();
  methods.set(socket, method);
  const at = reach(`request ${method}`);
  pass(at('before'));
  if (isWanted(at('torn'))) {
    const middle = octets.length >> 1;
    write.call(socket, octets.subarray(0, middle), 'buffer', () => undefined);
    pass(at('torn'));
    write.call(socket, octets.subarray(middle), 'buffer', done);
  } else {
    send();
  }
  pass(at('after'));
  pass(at('power'));
}

const { _write: write, _writev: writev, push } = net.Socket.prototype;
net.Socket.prototype._write = function (chunk, encoding, done) {
  sendStep(this, [{ chunk, encoding }], done, () => write.call(this, chunk, encoding, done));
};
net.Socket.prototype._writev = function (chunks, done) {
  sendStep(this, chunks, done, () => writev.call(this, chunks, done));
};

// An answer that has come and that nobody has read yet.
net.Socket.prototype.push = function (chunk, ...rest) {
  const method = methods.get(this);
  if (method !== undefined && Buffer.isBuffer(chunk) && chunk.toString('latin1', 0, 9) === 'HTTP/1.1 ') {
    pass(reach(`answer ${method}`)('before'));
  }
  return push.call(this, chunk, ...rest);
};
