import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, loadCommand } from '../../commands.ts';
import { commandHelp, flagsIn, HELP, meaningOf, overview } from './help.ts';

const USAGES = await Promise.all(
  COMMAND_NAMES.map(async (name) => [name, (await loadCommand(name))?.usage ?? ''] as const),
);

describe('--help', () => {
  it('of all commands names each of them', () => {
    expect(COMMAND_NAMES).toEqual(Object.keys(HELP));
    for (const [name] of USAGES) expect(overview()).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it.each(USAGES)('of %s explains every option', (name, usage) => {
    expect(flagsIn(usage).filter((flag) => meaningOf(name, flag) === '')).toEqual([]);
    const text = commandHelp(name, usage);
    for (const flag of flagsIn(usage)) expect(text).toMatch(new RegExp(`^ {2}--${flag} +\\S`, 'm'));
    expect(Object.keys(HELP[name]?.options ?? {}).filter((flag) => !flagsIn(usage).includes(flag))).toEqual([]);
  });

  it.each(USAGES)('of %s loses nothing of its usage line, and fits a terminal', (name, usage) => {
    const text = commandHelp(name, usage);
    expect(text.replace(/\s+/g, ' ')).toContain(`Usage: ${usage}`);
    expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });
});
