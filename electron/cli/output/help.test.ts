import { describe, expect, it } from 'vitest';
import { PRACTICE_USAGE } from '../../practice/command.ts';
import { ANNOUNCE_USAGE } from '../commands/announce.ts';
import { BACKUP_USAGE } from '../commands/backup.ts';
import { commandHelp, flagsIn, HELP, isExplained, overview } from './help.ts';
import { CANARY_USAGE } from '../commands/canary.ts';
import { CLEANUP_USAGE } from '../commands/cleanup.ts';
import { FIND_USAGE } from '../commands/find.ts';
import { INSPECT_USAGE } from '../commands/inspect.ts';
import { MIGRATE_USAGE } from '../commands/migrate.ts';
import { RESTORE_USAGE } from '../commands/restore.ts';
import { RESUME_USAGE } from '../commands/resume.ts';
import { REPORT_USAGE, RUNS_USAGE } from '../commands/runs.ts';
import { PURGE_USAGE } from '../commands/purge.ts';
import { UNLOCK_USAGE } from '../commands/unlock.ts';
import { VERIFY_USAGE } from '../commands/verify.ts';
import { RETRY_USAGE, UNDO_USAGE } from '../commands/undo.ts';

const USAGES: readonly (readonly [string, string])[] = [
  ['practice', PRACTICE_USAGE.replace(/^Usage: /, '')],
  ['inspect', INSPECT_USAGE],
  ['find', FIND_USAGE],
  ['backup', BACKUP_USAGE],
  ['restore', RESTORE_USAGE],
  ['canary', CANARY_USAGE],
  ['migrate', MIGRATE_USAGE],
  ['announce', ANNOUNCE_USAGE],
  ['cleanup', CLEANUP_USAGE],
  ['resume', RESUME_USAGE],
  ['undo', UNDO_USAGE],
  ['retry', RETRY_USAGE],
  ['runs', RUNS_USAGE],
  ['report', REPORT_USAGE],
  ['verify', VERIFY_USAGE],
  ['unlock', UNLOCK_USAGE],
  ['purge', PURGE_USAGE],
];

describe('--help', () => {
  it('of all commands names each of them', () => {
    expect(USAGES.map(([name]) => name)).toEqual(Object.keys(HELP));
    for (const [name] of USAGES) expect(overview()).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it.each(USAGES)('of %s explains every option', (name, usage) => {
    expect(flagsIn(usage).filter((flag) => !isExplained(name, flag))).toEqual([]);
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
