import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendar, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { startPractice, type PracticeServer } from '../practice/server.ts';
import { COMMAND_NAMES, loadCommand } from './commands.ts';
import { helpData } from './output/help/help-data.ts';
import { blocksIn, commandsIn, manualPages } from './testing/manual.ts';
import { sayIn, toCalendar } from './testing/said.ts';

const usages = new Map(
  await Promise.all(COMMAND_NAMES.map(async (name) => [name, (await loadCommand(name))?.usage ?? ''] as const)),
);
const commands = new Map(helpData('1.2.3', usages).commands.map((command) => [command.name, command]));
const pages = manualPages();
const CAL = 'http://127.0.0.1:8008/dav/calendars/alice/default/';
const VARIABLES = { CAL, PW: 'secret', pass: 'rest' };

/** What is wrong with the arguments of a command; null for none. */
function wrongIn([name = '', ...argv]: readonly string[]): string | null {
  if (name === 'help') return argv.every((arg) => arg === '--json' || commands.has(arg)) ? null : 'help';
  const command = commands.get(name);
  if (command === undefined) return `there is no command ${name}`;
  for (const [at, arg] of argv.entries()) {
    if (arg === ':::') break;
    if (!arg.startsWith('--') || arg === '--help') continue;
    const [word = '', given] = arg.slice(2).split(/=(.*)/s);
    const option = command.options.find((one) => one.name === word);
    if (option === undefined) return `${name} has no --${word}`;
    if (option.value === null || option.valueIsOptional) continue;
    const value = given ?? argv[at + 1];
    if (value === undefined || value.startsWith('--')) return `${name} --${word} lacks its value`;
    if (option.choices.length > 0 && !option.choices.includes(value)) return `${name} --${word} cannot be ${value}`;
  }
  return null;
}

describe('the manual', () => {
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hushcal-manual-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('names no command and no option that is not there', () => {
    const named = [...pages].flatMap(([page, text]) =>
      blocksIn(text).flatMap((block) => commandsIn(block, dir, VARIABLES).map((argv) => ({ page, argv }))),
    );
    expect(named.length).toBeGreaterThan(40);
    expect(named.map(({ page, argv }) => [page, wrongIn(argv)]).filter(([, wrong]) => wrong !== null)).toEqual([]);
  });

  it('does not do so in a sentence either', () => {
    const options = new Set([...commands.values()].flatMap((command) => command.options.map(({ name }) => name)));
    const dead = [...pages].flatMap(([page, text]) =>
      [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`(?:hushcal ([a-z-]+)[^`]*|--([a-z][a-z-]*)[^`]*)`/g)]
        .filter(([, command, option]) =>
          command === undefined ? !options.has(option ?? '') : !commands.has(command) && command !== 'help',
        )
        .map(([code]) => `${page}: ${code}`),
    );
    expect(dead).toEqual([]);
  });

  it('would be caught naming one', () => {
    expect(wrongIn(['restor'])).toBe('there is no command restor');
    expect(wrongIn(['restore', '--calender', 'x'])).toBe('restore has no --calender');
    expect(wrongIn(['restore', '--scheduling'])).toBe('restore --scheduling lacks its value');
    expect(wrongIn(['restore', '--on-conflict', 'never'])).toBe('restore --on-conflict cannot be never');
    expect(wrongIn(['restore', 'a.ics', '--yes', '--dry-run'])).toBeNull();
  });
});

/** Commands that end otherwise than with 0, and what they say then. */
const OTHERWISE: readonly (readonly [words: RegExp, code: number, says: string])[] = [
  [/^resume --unfinished/, 2, 'Nothing here is unfinished'],
  [/^missing /, 1, '1 gone'],
  [/^retry /, 2, 'Nothing failed in this run'],
  [/^resume /, 2, 'This run has ended'],
  [/^verify RUN --originals /, 1, 'Originals written: 0'],
  [/^purge /, 2, 'there is nothing to delete'],
];

/** Exit code and words with which a command ends: what would write, and has no consent, shows its plan. */
function endOf(argv: readonly string[]): readonly [code: number, says: string] {
  const otherwise = OTHERWISE.find(([words]) => words.test(argv.join(' ')));
  if (otherwise !== undefined) return [otherwise[1], otherwise[2]];
  // A backup alone changes nothing; it asks before it thins a folder.
  if (argv[0] === 'backup' && !argv.includes('--keep')) return [0, ''];
  const writes = commands.get(argv[0] ?? '')?.options.some(({ name }) => name === 'yes') === true;
  const settled = argv.some((arg) => /^--(?:yes|dry-run|rehearse|messages|help)(?:=|$)/.test(arg));
  return writes && !settled ? [2, '--yes'] : [0, ''];
}

const RUNNABLE = [...pages].filter(
  ([, text]) => blocksIn(text).filter((block) => !/^\s*parallel /m.test(block)).length > 0,
);

describe.each(RUNNABLE)('the commands of %s', (_page, text) => {
  let world: World;
  let fresh: PracticeServer;
  beforeAll(async () => {
    world = await openWorld({ samples: true });
    fresh = await startPractice({ samples: false });
    await furnish(world, text);
  });
  afterAll(async () => {
    await Promise.all([world.close(), fresh.close()]);
  });

  // Whole jobs, each with its folder on the disk: some take a second.
  it('do what is said, one after the other, against the practice server', async () => {
    const at = (words: string): string =>
      words
        .replaceAll('http://127.0.0.1:8008', world.server.info.base_url.replace(/\/$/, ''))
        .replaceAll('http://127.0.0.1:8009', fresh.info.base_url.replace(/\/$/, ''));
    const wrong: string[] = [];
    for (const block of blocksIn(text).filter((one) => !/^\s*parallel /m.test(one))) {
      const found = commandsIn(block, world.dir, VARIABLES);
      await rewrite(join(world.dir, 'people.csv'), at);
      for (const argv of found) {
        if (argv[0] === 'practice') continue;
        const run = await newest(world);
        const words = argv.map(at).map((word) => (word === 'RUN' || word === 'BATCH' ? run : word));
        const runs = commands.get(words[0] ?? '')?.options.some(({ name }) => name === 'runs') === true;
        const env = {
          PW: world.server.info.admin.password,
          HUSHCAL_OLD: world.server.info.admin.password,
          HUSHCAL_NEW: fresh.info.admin.password,
        };
        const said = await sayIn(world, runs ? [...words, '--runs', world.runsDir] : words, { env });
        const line = argv.join(' ');
        const [code, says] = endOf(argv);
        const all = said.err + said.out;
        if (said.code !== code || !all.includes(says) || all.includes('All options:'))
          wrong.push(`${line}\n${said.code} instead of ${code} ${says}\n${all.slice(0, 400)}`);
      }
    }
    expect(wrong).toEqual([]);
    // The test event has a guest that cannot exist.
    const notified = world.server.messages().map(({ to }) => to);
    expect(notified.filter((to) => to !== 'canary@hushcal.invalid')).toEqual([]);
  }, 60_000);
});

/** What the pages take for given: a second calendar, three backups, two nights of one, and a run. */
async function furnish(world: World, text: string): Promise<void> {
  const login = toCalendar(world);
  const authorization = `Basic ${Buffer.from(`alice:${world.server.info.admin.password}`).toString('base64')}`;
  const choir = new URL('../choir/', world.calendarUrl);
  await fetch(choir, { method: 'MKCALENDAR', headers: { authorization } });
  const headers = { authorization, 'content-type': 'text/calendar' };
  const song = calendar([['UID:song', 'SUMMARY:Rehearsal of the choir']]);
  await fetch(new URL('song.ics', choir), { method: 'PUT', headers, body: song });
  for (const name of ['backup.zip', 'alice.zip', 'all.zip'].filter((one) => !text.includes(`--out ${one}`))) {
    const from = name === 'all.zip' ? ['--all', '--server', world.server.info.base_url, ...login.slice(2)] : login;
    const { code, err } = await sayIn(world, ['backup', ...from.slice(0, -2), '--out', name]);
    expect([code, err]).toEqual([0, err]);
  }
  await mkdir(join(world.dir, 'nightly'));
  const lost = calendar([['UID:lost', 'SUMMARY:Budget review']]);
  const kept = calendar([['UID:kept', 'SUMMARY:Planning']]);
  await writeFile(join(world.dir, 'nightly/alice-2026-11-10.ics'), lost);
  await writeFile(join(world.dir, 'nightly/alice-2026-11-11.ics'), kept);
  await world.source('one.ics', kept);
  const { code } = await sayIn(world, ['restore', 'one.ics', ...login, '--scheduling', 'none', '--yes']);
  expect(code).toBe(0);
  world.server.clearMessages();
}

/** The newest run that wrote something: what `RUN` and `BATCH` stand for on the pages. */
async function newest(world: World): Promise<string> {
  const { out } = await sayIn(world, ['runs', '--runs', world.runsDir]);
  const wrote = out.split('\n').find((line) => / [1-9]\d* (?:created|replaced|deleted)/.test(line));
  return (wrote ?? out).split(/\s/)[0] ?? '';
}

async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text !== null) await writeFile(path, change(text));
}
