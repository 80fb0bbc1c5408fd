import { HELP_ON_BACKUPS } from './backups.ts';
import type { CommandHelp } from './command-help.ts';
import { entry, fold, wrapUsage } from './fold.ts';
import { HELP_ON_JOBS } from './jobs.ts';
import { HELP_ON_PROGRAM } from './program.ts';
import { HELP_ON_RUNS } from './runs.ts';
import { SHARED_OPTIONS } from './shared-options.ts';

const { practice, ...about } = HELP_ON_PROGRAM;

/** All commands, in the order in which they are listed. */
export const HELP: Readonly<Record<string, CommandHelp>> = {
  practice,
  ...HELP_ON_BACKUPS,
  ...HELP_ON_JOBS,
  ...HELP_ON_RUNS,
  ...about,
};

/** The list of commands. */
export function overview(): string {
  const names = Object.entries(HELP).map(([name, { does }]) => entry(name, does, 10));
  return [
    'Hushcal puts calendars back without waking anyone.',
    '',
    'Usage: hushcal COMMAND …',
    '',
    ...names,
    '',
    'hushcal help --json has all of it for programs; hushcal --version says which one this is.',
    'hushcal COMMAND --help explains the options of one command, for example: hushcal restore --help',
    'Exit codes: 0 done and verified, 1 finished with trouble, 2 nothing was written, 3 interrupted, can be resumed.',
  ].join('\n');
}

/** Everything about one command. `usage` is its usage line. */
export function commandHelp(name: string, usage: string): string {
  const help = HELP[name];
  if (help === undefined) return `Usage: ${usage}`;
  const flags = flagsIn(usage);
  const options = flags.map((flag) => entry(`--${flag}`, meaningOf(name, flag), 17));
  const capital = `${help.does.charAt(0).toUpperCase()}${help.does.slice(1)}.`;
  const examples = help.examples === undefined ? [] : ['', ...help.examples.map((line) => `  ${line}`)];
  return [...fold(capital, ''), '', wrapUsage(usage), '', ...options, ...examples].join('\n');
}

/** Names of the options in a usage line, without their dashes. */
export function flagsIn(usage: string): readonly string[] {
  return [...new Set([...usage.matchAll(/--([a-z-]+)/g)].map((match) => match[1] ?? ''))];
}

/** What an option of a command means; empty where nobody wrote it down. */
export function meaningOf(command: string, flag: string): string {
  return HELP[command]?.options[flag] ?? SHARED_OPTIONS[flag] ?? '';
}
