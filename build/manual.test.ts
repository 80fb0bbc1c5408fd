import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAILURE_CODES } from '../shared/model/failure-codes.ts';
import { sidebar } from './lib/manual/config.mjs';
import { faultsOf } from './lib/manual/site.mjs';
import { pageOf, rebase, sources } from './lib/manual/stage.mjs';
import { inRoot } from './lib/root.mjs';

const read = (path: string): string => readFileSync(inRoot(path), 'utf8');

describe('the pages of the manual', () => {
  it('leave the README short: what it is, one picture, two commands, links', () => {
    const readme = read('README.md');
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
    expect([...readme.matchAll(/!\[/g)]).toHaveLength(1);
  });

  it('explain every code that an error may have, and no other one, once', () => {
    const rows = [...read('docs/errors.md').matchAll(/^\| `([A-Z_0-9]+)` *\| \S.* \| \S.* \|$/gm)].map(
      ([, code]) => code,
    );
    expect(rows.sort()).toEqual([...FAILURE_CODES].sort());
  });

  it('have a title each, and stand in the menu', () => {
    const pages = new Map(
      sources().map((source) => [
        pageOf(source)?.replace(/\.md$/, '') ?? '',
        /^# (.+)$/m.exec(read(source))?.[1] ?? '',
      ]),
    );
    expect([...pages].filter(([, title]) => title === '')).toEqual([]);
    const shown = sidebar(pages).flatMap(({ items }) => items.map(({ link }) => link.slice(1)));
    expect([...shown, 'index'].sort()).toEqual([...pages.keys()].sort());
  });
});

describe('a link of a page', () => {
  const there = (path: string): boolean => !path.endsWith('/gone.md');
  const inDocs = (text: string, source = 'docs/how-to/screen.md'): string => rebase(text, source, there).text;

  it('leads to the page in the manual, also of what stands elsewhere in the project', () => {
    expect(inDocs('[a](../glossary.md#b)')).toBe('[a](../glossary.md#b)');
    expect(inDocs('[a](../../SECURITY.md)')).toBe('[a](../security.md)');
    expect(inDocs('[a](docs/undo.md)', 'CONTRIBUTING.md')).toBe('[a](./undo.md)');
    expect(inDocs('![a](../build/screenshots/run.png)', 'docs/start.md')).toBe('![a](./pictures/run.png)');
    expect(inDocs('[a](#b) [c](https://example.org/d)')).toBe('[a](#b) [c](https://example.org/d)');
  });

  it('keeps its words alone where it leads to no page, and is named where it leads nowhere', () => {
    expect(inDocs('see [the `bench`](../../build/bench/)')).toBe('see the `bench`');
    expect(rebase('[a](gone.md)', 'docs/start.md', there).missing).toEqual(['gone.md']);
  });
});

describe('a site', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'hushcal-site-'));
    write(
      'index.html',
      '<h1 id="top">a</h1><a href="/sub/b.html#x">b</a><a class="c" href="https://example.org/">c</a>',
    );
    write('sub/b.html', '<h2 id="x">b</h2><a href="../index.html#top">a</a><img src="/p.png">');
    write('p.png', '');
  });
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  };

  it('is whole where every link leads to something, and nothing is loaded from elsewhere', () => {
    expect(faultsOf(dir)).toEqual([]);
  });

  it.each([
    ['<a href="/nowhere.html">x</a>', 'c.html: /nowhere.html'],
    ['<a href="/index.html#gone">x</a>', 'c.html: /index.html#gone (there is no such heading)'],
    ['<script src="https://cdn.test/x.js"></script>', 'c.html fetches https://cdn.test/x.js'],
    ['<link rel="stylesheet" href="//cdn.test/x.css">', 'c.html fetches //cdn.test/x.css'],
    ['<img alt="" src="http://cdn.test/x.png">', 'c.html fetches http://cdn.test/x.png'],
  ])('with %s is not', (html, fault) => {
    write('c.html', html);
    expect(faultsOf(dir)).toEqual([fault]);
  });

  it('whose styles load a font from elsewhere is not', () => {
    write('a.css', '@font-face { src: url(https://cdn.test/f.woff2) }');
    expect(faultsOf(dir)).toEqual(['a.css fetches https://cdn.test/f.woff2']);
  });
});
