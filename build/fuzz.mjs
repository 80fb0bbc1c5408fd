import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { ensureDependencies } from './lib/dependencies.mjs';
import { finish, single } from './lib/steps/tally.mjs';
import { giveUp, say } from './lib/say.mjs';
import { inRoot } from './lib/root.mjs';

// `npm run fuzz -- --seconds N --seed S`: reads mutated files of the corpus as a restore would and checks what is
// promised for any input. `--only CASE` repeats one case; `--long` reads long runs of one character and says what takes
// longer than its length explains, which is done first otherwise, too. The files of what was found are kept in e2e/output/fuzz/. The
// last line is `N passed, N failed`.

const CORPUS = inRoot('../shared/corpus');
const KEPT = inRoot('e2e/output/fuzz');
const CHILD = inRoot('out/fuzz/fuzz.mjs');
/** A case without an end after so many seconds hangs; the slowest one takes a small part of it. */
const PATIENCE = 30;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    long: { type: 'boolean', default: false },
  },
});

await ensureDependencies();
if (!existsSync(CORPUS)) giveUp(`The corpus is not at ${CORPUS}: a clone sits beside shared/.`);
await build({
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    ssr: inRoot('e2e/fuzz/fuzz.ts'),
    outDir: inRoot('out/fuzz'),
    target: 'node20',
    sourcemap: 'inline',
    rolldownOptions: { output: { entryFileNames: 'fuzz.mjs', codeSplitting: false } },
  },
});
const work = await mkdtemp(join(tmpdir(), 'hushcal-fuzz-'));
const finds = [];
let until = Date.now();
let next = 0;
try {
  if (values.only === undefined) await runChild(0, ['--long']);
  until = Date.now() + (values.long ? 0 : Number(values.seconds) * 1000);
  // A case that hangs ends its process; the next one goes on behind it.
  if (!values.long)
    do next = await runChild(next);
    while (values.only === undefined && Date.now() < until);
} finally {
  await rm(work, { recursive: true, force: true });
}
say(`Fuzz: ${String(next)} cases, seed ${values.seed}, ${String(finds.length)} found.`);
for (const { at, text } of finds) {
  say(`  npm run fuzz -- ${at < 0 ? '--long' : `--seed ${values.seed} --only ${String(at)}`}\n${text}`);
}
finish([single('fuzz', finds.length === 0 && (next > 0 || values.long))]);

/** Runs cases from `first` on; gives the case after the last one that was begun. */
async function runChild(first, more = []) {
  const seconds = Math.max(0, (until - Date.now()) / 1000);
  const args = [
    '--corpus',
    CORPUS,
    '--work',
    work,
    '--keep',
    KEPT,
    '--seed',
    values.seed,
    '--seconds',
    String(seconds),
  ];
  const which = values.only === undefined ? ['--first', String(first)] : ['--only', values.only];
  const child = spawn(process.execPath, ['--enable-source-maps', CHILD, ...args, ...which, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = { case: first, file: '', done: [] };
  let hung = false;
  let timer;
  const expectLife = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      hung = true;
      child.kill('SIGKILL');
    }, PATIENCE * 1000);
  };
  expectLife();
  const closed = new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
  for await (const line of createInterface({ input: child.stdout })) {
    expectLife();
    const message = JSON.parse(line);
    if (message.case !== undefined) last = message;
    if (message.find !== undefined) note(last, message.kept, message.error);
  }
  const ended = await closed;
  clearTimeout(timer);
  if ((hung || ended !== 0) && last.case < 0) note(last, 'no file', `no end after ${String(PATIENCE)} s`);
  else if (hung || ended !== 0) {
    const kept = join(KEPT, `${values.seed}-${String(last.case)}-hung`);
    await mkdir(KEPT, { recursive: true });
    await copyFile(join(work, 'input'), kept);
    note(last, kept, hung ? `no end after ${String(PATIENCE)} s` : `the process ended with ${String(ended)}`);
  }
  return last.case + 1;
}

function note({ case: at, file, done }, kept, error) {
  const where = error.split('\n').slice(0, 6).join('\n    ');
  finds.push({ at, text: `    ${file}, ${done.join(', ')} → ${kept}\n    ${where}` });
}
