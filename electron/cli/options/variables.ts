import { HushError } from '../../../shared/model/failure.ts';
import type { Login } from '../../../shared/model/login.ts';
import type { OptionKinds, ParsedArgs } from './args.ts';
import type { CliIo } from '../io.ts';

/*
 * Environment variables that a file names: a mapping, or what is kept of an earlier run. Others than `HUSHCAL_…` hold what is
 * none of a file's business, so that they are taken only where the command line allows them.
 */

export const VARIABLE_OPTIONS = { 'allow-env': 'list' } as const satisfies OptionKinds;
export const VARIABLE_USAGE = '[--allow-env NAME]';

const OURS = /^HUSHCAL_[A-Z0-9_]+$/;
/** What variables are called; anything else may be a password in the wrong place, and is not repeated. */
const NAME = /^[A-Z][A-Z0-9_]*$/;

/** Whether a file may name this variable. */
export function mayName(name: string, args: ParsedArgs): boolean {
  return OURS.test(name) || args.list('allow-env').includes(name);
}

/**
 * The value of the variable that a login out of a file names.
 *
 * @throws HushError `SECRET_NOT_ALLOWED`, `SECRET_MISSING`
 */
export function variableOf({ secret, user }: Pick<Login, 'secret' | 'user'>, args: ParsedArgs, io: CliIo): string {
  const shown = NAME.test(secret) ? ` ${secret}` : '';
  if (secret !== '' && !mayName(secret, args)) {
    throw new HushError({
      code: 'SECRET_NOT_ALLOWED',
      message:
        `The environment variable${shown} is named for the password of ${user}. ` +
        `A list may name HUSHCAL_… only; to allow this one, too, add --allow-env${shown === '' ? ' NAME' : shown}.`,
      reaction: 'fix-input',
    });
  }
  const value = secret === '' ? undefined : io.env[secret];
  if (value !== undefined) return value;
  throw new HushError({
    code: 'SECRET_MISSING',
    message: `The environment variable${shown} with the password of ${user} is not set.`,
    reaction: 'fix-input',
  });
}
