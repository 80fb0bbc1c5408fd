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

/** A line that runs `hushcal`, with variables or a word of a loop before it, or in a pipe. */
const RUNS = /^(?:.*(?:\||&&|\bdo|\bsrun|\bparallel\b.*)\s+)?(?:\w+=\S* )*hushcal\b/m;
/** A file outside of the folder in which the block runs. */
const WRITES_ELSEWHERE = />\s*["']?(?:[/~]|\.\.)/;

/** The blocks of commands of a page in which `hushcal` is run. */
export function blocksIn(text: string): readonly string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .map(([, block = '']) => block)
    .filter((block) => RUNS.test(block));
}

/**
 * The arguments of each `hushcal` in a block, as a real shell gives them: with its variables, quotes and loops. The shell finds
 * no program at all, so nothing else of the block runs but what makes a file or a folder below the folder. `parallel` counts as one
 * `hushcal` with the words behind its options; a script of Slurm is the first part, and does not end before its last line.
 * @param dir in which it runs
 */
export function commandsIn(block: string, dir: string, env: Readonly<Record<string, string>>): readonly string[][] {
  if (WRITES_ELSEWHERE.test(block)) throw new Error(`It would write outside of its folder:\n${block}`);
  const script = `cat() { while IFS= read -r line; do printf '%s\\n' "$line"; done; }
hushcal() { printf '%s\\0' "$@" >&3; printf '\\001\\0' >&3; }
curl() { :; }
mkdir() { for name; do case $name in -* | /* | *..*) ;; *) command -p mkdir -p "$name" ;; esac; done; }
srun() { "$@"; }
exit() { :; }
SLURM_ARRAY_TASK_ID=1 PASS=rest
parallel() { while [ "$1" != hushcal ]; do shift; done; shift; hushcal "$@"; }
${block}`;
  const options = { cwd: dir, env: { PATH: dir, ...env } };
  const shell = spawnSync('/bin/bash', ['-euc', script], { ...options, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  if (shell.status !== 0) throw new Error(`${block}\n${shell.stderr.toString()}`);
  const said = shell.output[3]?.toString() ?? '';
  return said
    .split('\u0001\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}
