import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** Pages of the manual with commands in them: path in the project → text. */
export function manualPages(): ReadonlyMap<string, string> {
  const docs = readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
  return new Map(['README.md', ...docs].map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

/** The blocks of commands of a page that have `hushcal` in them. */
export function blocksIn(text: string): readonly string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .map(([, block = '']) => block)
    .filter((block) => /\bhushcal\b/.test(block));
}

/**
 * The arguments of each `hushcal` in a block, as a real shell gives them: with its variables, quotes and loops. Nothing else
 * of the block runs but what writes a file. `parallel` counts as one `hushcal` with the words behind its options.
 * @param dir in which it runs
 */
export function commandsIn(block: string, dir: string, env: Readonly<Record<string, string>>): readonly string[][] {
  const script = `hushcal() { printf '%s\\0' "$@" >&3; printf '\\001\\0' >&3; }
curl() { :; }
parallel() { while [ "$1" != hushcal ]; do shift; done; shift; hushcal "$@"; }
${block}`;
  const options = { cwd: dir, env: { PATH: process.env['PATH'], ...env } };
  const shell = spawnSync('bash', ['-euc', script], { ...options, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  if (shell.status !== 0) throw new Error(`${block}\n${shell.stderr.toString()}`);
  const said = shell.output[3]?.toString() ?? '';
  return said
    .split('\u0001\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}
