import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The block of commands under a heading of a page that begins so; with the folder `dir` in its PATH it runs as it stands. */
export async function blockAfter(page: string, heading: string, start: string): Promise<string> {
  const text = await readFile(path.join(ROOT, page), 'utf8');
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const blocks = [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  return (
    blocks.find((block) => block.startsWith(start)) ?? expect.fail(`${page} has no example that begins "${start}"`)
  );
}
