import { isAscii } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

// What a start leaves compiled for the next one (electron/cli/compiled.ts).

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'hushcal-cache-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const folder = () => path.join(dir, 'hushcal/compiled');

/** A command that loads parts, and fails in words. */
function start(env: NodeJS.ProcessEnv = {}, command = 'unlock'): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, command, 'no-such-run', '--runs', dir], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: dir, ...env },
  });
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining(`This run is not in ${dir}`),
  });
  expect(stderr, 'no stack').not.toMatch(/^\s+at /m);
}

/** Name → number of the file on the disk: another one when it was written anew. */
async function written(): Promise<ReadonlyMap<string, number>> {
  const names = (await readdir(folder())).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, (await stat(path.join(folder(), name))).ino] as const)),
  );
}

it('is taken by the next start, and belongs to nobody else', async () => {
  start();
  const first = await written();
  expect([...first.keys()].filter((name) => /^unlock-[\w-]{8}-\w+\.v8$/.test(name))).toHaveLength(1);
  for (const name of first.keys()) expect((await stat(path.join(folder(), name))).mode & 0o777).toBe(0o600);
  expect((await stat(folder())).mode & 0o777).toBe(0o700);
  start();
  expect(await written()).toEqual(first);
});

it('is left anew by a command that had not run yet: with the functions that the others did not call', async () => {
  start();
  const first = await written();
  start({}, 'report');
  const second = await written();
  const [shared = ''] = [...first.keys()].filter((name) => name.startsWith('open-engine-'));
  expect(second.get(shared)).not.toBe(first.get(shared));
  for (const command of ['unlock', 'report']) start({}, command);
  expect(await written()).toEqual(second);
});

it.each([
  ['broken', breakOne],
  ['of an earlier version', (file: string) => writeFile(file, 'of an earlier version')],
  ['one that others could have written', (file: string) => chmod(file, 0o666)],
])('is not taken when it is %s', async (_what, spoil) => {
  start();
  const first = await written();
  const [large = ''] = [...first.keys()].filter((name) => name.startsWith('open-engine-'));
  await spoil(path.join(folder(), large));
  start();
  const again = await written();
  expect([...again.keys()]).toEqual([...first.keys()]);
  expect(again.get(large)).not.toBe(first.get(large));
  start();
  expect(await written()).toEqual(again);
});

async function breakOne(file: string): Promise<void> {
  const octets = await readFile(file);
  octets[octets.length >> 1] = (octets[octets.length >> 1] ?? 0) ^ 1;
  await writeFile(file, octets);
}

it('goes when it is of no use', async () => {
  start();
  await writeFile(path.join(folder(), 'unlock-00000000-1.v8'), 'of an earlier version');
  start({}, 'report');
  expect(await readdir(folder())).not.toContain('unlock-00000000-1.v8');
});

it('is read quickly: an octet of a part is a character', async () => {
  const parts = path.resolve(CLI, '../cli');
  const names = (await readdir(parts)).filter((name) => name.endsWith('.cjs'));
  const sources = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(path.join(parts, name)) })),
  );
  expect(sources.filter(({ text }) => !isAscii(text)).map(({ name }) => name)).toEqual([]);
});

it('hinders nobody where it cannot be kept, and is left out when Node is told so', async () => {
  start({ NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(await readdir(dir)).toEqual([]);
  await writeFile(path.join(dir, 'hushcal'), 'no folder');
  start();
});
