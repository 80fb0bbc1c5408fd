import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes the folder of a run or a batch what an earlier version wrote: the same without checksums. */
export async function unsealFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.endsWith('.jsonl')) await rewrite(path, (text) => text.split('\n').map(plain).join('\n'));
    else if (name.endsWith('.json')) await rewrite(path, plain);
  }
}

function plain(text: string): string {
  if (text.trim() === '') return text;
  const {
    n: _n,
    after: _after,
    sum: _sum,
    lines: _lines,
    steps: _steps,
    head: _head,
    ...record
  } = JSON.parse(text, withoutHash) as Record<string, unknown>;
  return JSON.stringify(record);
}

function withoutHash(key: string, value: unknown): unknown {
  return key === 'sha256' ? undefined : value;
}

async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}
