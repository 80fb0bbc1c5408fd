import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PICTURES, specsThatDraw } from './lib/manual/pictures.mjs';
import { projectFiles } from './lib/project-files.mjs';
import { inRoot } from './lib/root.mjs';

it('every picture of README and manual is drawn by a window test, and no other is kept', () => {
  const pages = ['README.md', ...projectFiles('docs').filter((file) => file.endsWith('.md'))];
  const shown = pages.flatMap((page) =>
    [...readFileSync(inRoot(page), 'utf8').matchAll(/screenshots\/([\w-]+)\.png/g)].map(([, name = '']) => name),
  );
  const kept = projectFiles('build/screenshots').map((file) => file.replace(/^.*\/|\.png$/g, ''));
  const names = Object.keys(PICTURES).sort();
  expect([...new Set(shown)].sort()).toEqual(names);
  expect(kept.sort()).toEqual(names);
  for (const name of Object.values(PICTURES)) expect([name, specsThatDraw(name).length]).toEqual([name, 1]);
});
