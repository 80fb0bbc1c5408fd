import { readFileSync } from 'node:fs';
import { inRoot } from '../root.mjs';
import { run } from '../run.mjs';

export const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
export const SYNOPSIS = 'put calendars back without waking anyone';

/** What `hushcal help --json` says; the command line is built. */
export async function helpData() {
  const { code, output } = await run(process.execPath, [inRoot('out/main/cli.cjs'), 'help', '--json'], {
    output: 'capture',
  });
  if (code !== 0) throw new Error(`The command line does not say what it can: ${output}`);
  return JSON.parse(output);
}

/** The time of this version in seconds: SOURCE_DATE_EPOCH, the last commit, else now. */
export async function versionTime() {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given !== undefined && /^\d+$/.test(given)) return Number(given);
  const { code, output } = await run('git', ['log', '-1', '--format=%ct'], { output: 'capture' });
  return code === 0 && /^\d+$/.test(output.trim()) ? Number(output.trim()) : Math.floor(Date.now() / 1000);
}
