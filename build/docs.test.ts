import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawHouse } from './lib/drawing.mjs';
import { projectFiles } from './lib/project-files.mjs';
import { inRoot } from './lib/root.mjs';

const FILES = projectFiles();
const PAGES = FILES.filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md');
const CODE = FILES.filter((path) => /\.(ts|tsx|mjs|cjs)$/.test(path) && path !== 'build/docs.test.ts');

describe('docs', () => {
  it('shows the rooms as they are (`node build/drawing.mjs` draws them anew)', () => {
    expect(read('docs/architecture.md')).toContain(drawHouse());
  });

  it('leads somewhere with every relative link', () => {
    expect(PAGES.flatMap((page) => deadLinks(page))).toEqual([]);
  });

  it('is there wherever the code points to it', () => {
    const dead = CODE.flatMap((file) =>
      [...read(file).matchAll(/\bdocs\/[\w/-]+\.md\b/g)]
        .map(([path]) => path)
        .filter((path) => !existsSync(inRoot(path)))
        .map((path) => `${file}: ${path}`),
    );
    expect(dead).toEqual([]);
  });

  it('names files to touch that exist', () => {
    const guides = PAGES.filter((page) => page.startsWith('docs/how-to/') || page === 'docs/architecture.md');
    expect(guides.length).toBeGreaterThan(4);
    const dead = guides.flatMap((page) =>
      [...read(page).matchAll(/`((?:electron|shared|renderer|build|e2e|docs)\/[\w./-]+)`/g)]
        .map(([, path = '']) => path)
        // What a run makes is not there before it.
        .filter((path) => !path.startsWith('e2e/output/') && !existsSync(inRoot(path)))
        .map((path) => `${page}: ${path}`),
    );
    expect(dead).toEqual([]);
  });

  it('has a test for every promise of SECURITY.md', () => {
    const rows = read('SECURITY.md')
      .split('\n')
      .filter((line) => /^\| (?!from whom|---)/.test(line));
    expect(rows.length).toBeGreaterThan(15);
    const named = rows.map((row) => ({
      row,
      tests: [...(row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
    }));
    expect(named.filter(({ tests }) => tests.length === 0).map(({ row }) => row)).toEqual([]);
    expect(
      named
        .flatMap(({ tests }) => tests)
        .filter((path) => !/\.(?:test|spec)\.ts$|^e2e\/fuzz\//.test(path) || !existsSync(inRoot(path))),
    ).toEqual([]);
  });
});

function deadLinks(page: string): readonly string[] {
  return [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => normalize(join(dirname(page), decodeURI(target))))
    .filter((target) => !existsSync(inRoot(target)))
    .map((target) => `${page}: ${target}`);
}

function read(path: string): string {
  return readFileSync(inRoot(path), 'utf8');
}
