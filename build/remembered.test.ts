import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importsIn } from './lib/imports.mjs';
import { keysOf, sha256 } from './lib/remembered/keys.mjs';
import { inRoot } from './lib/root.mjs';

describe('which tests have passed with what they are made of now', () => {
  const FILES = {
    'a/one.test.ts': "import { one } from './one.ts';",
    'a/two.test.ts': "const { two } = await import('../b/two.ts');",
    'a/three.test.ts': '',
    'a/one.ts': "export { deep } from '../b/deep.ts';\nimport type { Shape } from '../b/shape.ts';",
    'b/two.ts': '',
    'b/deep.ts': "import '../a/one.ts';",
    'b/shape.ts': '',
    'pages/one.md': '',
    'lock.json': '',
  };
  const TESTS = ['a/one.test.ts', 'a/two.test.ts', 'a/three.test.ts'];
  const READS = { 'b/deep.ts': ['pages/one.md'], 'a/two.test.ts': ['pages'], 'a/three.test.ts': ['*'] };

  function keys(files: Readonly<Record<string, string>>, text = ''): Map<string, string> {
    const snapshot = {
      hashOf: (name: string) =>
        sha256(
          files[name] ??
            Object.keys(files)
              .filter((one) => one.startsWith(name))
              .join(),
        ),
      hashOfAll: () => sha256(JSON.stringify(files)),
      importsOf: (name: string) => importsIn(name, files[name] ?? ''),
    };
    return keysOf(TESTS, snapshot, READS, { files: ['lock.json'], text });
  }

  /** The tests with another key than before. */
  function changed(change: Readonly<Record<string, string>>, text?: string): readonly string[] {
    const [before, now] = [keys(FILES), keys({ ...FILES, ...change }, text)];
    return TESTS.filter((test) => before.get(test) !== now.get(test)).map((test) => test.slice(2, -8));
  }

  it.each([
    ['nothing changed', {}, []],
    ['the test', { 'a/one.test.ts': "import './one.ts';" }, ['one', 'three']],
    ['a module that is imported when the test runs', { 'b/two.ts': 'x' }, ['two', 'three']],
    ['a module behind another one, in a circle', { 'b/deep.ts': "import '../a/one.ts'; // x" }, ['one', 'three']],
    ['a module whose types are imported', { 'b/shape.ts': 'x' }, ['one', 'three']],
    ['a file that a module read', { 'pages/one.md': 'x' }, ['one', 'three']],
    ['a file that is new in a folder that was read', { 'pages/new.md': '' }, ['two', 'three']],
    ['what all depend on', { 'lock.json': 'x' }, ['one', 'two', 'three']],
    ['what only another process can have read', { 'c/far.ts': '' }, ['three']],
  ])('%s', (_what, change, tests) => {
    expect(changed(change)).toEqual(tests);
  });

  it('another runtime: all of them', () => {
    expect(changed({}, 'v99.0.0')).toEqual(['one', 'two', 'three']);
  });
});

const WATCH = pathToFileURL(inRoot('build/lib/remembered/reads.mjs')).href;

describe('what a process reads', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hushcal-reads-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** What is noted while a module runs, as `readers: path`, of all but modules; in each path the folder is left out. */
  async function readBy(text: string): Promise<readonly string[]> {
    const files = {
      'a.txt': '',
      'helper.mjs': "import { readFile } from 'node:fs/promises'; export const helped = (path) => readFile(path);",
      'module.mjs': text,
      'main.mjs': `import { watchReads } from ${JSON.stringify(WATCH)};
        const last = (name) => name.split('/').at(-1);
        watchReads((path) => path.startsWith(process.cwd()) && !path.endsWith('.mjs'), (modules, path) => {
          console.log(modules.map(last).filter((name) => !/^(reads|main)/.test(name)).join(' ') + ': ' + last(path));
        });
        await import('./module.mjs');`,
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const said = execFileSync(process.execPath, [join(folder, 'main.mjs')], { encoding: 'utf8', cwd: folder });
    return [...new Set(said.split('\n').slice(0, -1))];
  }

  it.each([
    ['at once', "import { readFileSync } from 'node:fs'; readFileSync(FILE);", ['module.mjs: a.txt']],
    ['with promises', "import { readFile } from 'node:fs/promises'; await readFile(FILE);", ['module.mjs: a.txt']],
    [
      'as a stream',
      "import * as fs from 'node:fs'; fs.createReadStream(FILE).resume();",
      ['module.mjs: a.txt', ': a.txt'],
    ],
    ['by a URL', "import fs from 'node:fs'; fs.existsSync(new URL('a.txt', import.meta.url));", ['module.mjs: a.txt']],
    ['names', "import { readdir } from 'node:fs/promises'; await readdir(FOLDER + '/');", ['module.mjs: ']],
    ['through another', "import { helped } from './helper.mjs'; await helped(FILE);", ['helper.mjs module.mjs: a.txt']],
    ['in a process', "import { spawnSync } from 'node:child_process'; spawnSync('true');", ['module.mjs: *']],
    ['in a thread', "import { Worker } from 'node:worker_threads'; new Worker('', { eval: true });", ['module.mjs: *']],
  ])('%s', async (_how, text, noted) => {
    const given = text.replace('FILE', JSON.stringify(join(folder, 'a.txt'))).replace('FOLDER', JSON.stringify(folder));
    expect(await readBy(given)).toEqual(noted);
  });

  it('nothing else', async () => {
    expect(
      await readBy("import { execFileSync } from 'node:child_process'; execFileSync('openssl', ['version']);"),
    ).toEqual([]);
  });
});
