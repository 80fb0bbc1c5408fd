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
function start(env: NodeJS.ProcessEnv = {}): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'unlock', 'no-such-run', '--runs', dir], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: dir, ...env },
  });
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining('no-such-run') });
  expect(stderr).not.toContain('at ');
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

it('is not taken when it is broken, or when others could have written it, and goes when it is of no use', async () => {
  start();
  const [large = '', open = ''] = [...(await written()).keys()].filter((name) => /^(?:open-engine|unlock)-/.test(name));
  const first = await written();
  const octets = await readFile(path.join(folder(), large));
  octets[octets.length >> 1] = (octets[octets.length >> 1] ?? 0) ^ 1;
  await writeFile(path.join(folder(), large), octets);
  await chmod(path.join(folder(), open), 0o666);
  await writeFile(path.join(folder(), 'unlock-00000000-1.v8'), 'of an earlier version');
  start();
  const again = await written();
  expect([...again.keys()]).toEqual([...first.keys()]);
  expect([...again].filter(([name, number]) => first.get(name) !== number).map(([name]) => name)).toEqual([
    large,
    open,
  ]);
});

it('hinders nobody where it cannot be kept, and is left out when Node is told so', async () => {
  start({ NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(await readdir(dir)).toEqual([]);
  await writeFile(path.join(dir, 'hushcal'), 'no folder');
  start();
});
