import { HushError } from '../../../shared/model/failure.ts';
import type { MappingProblem, MappingRow } from '../../../shared/model/batch/migrate.ts';
import { checkAddress, checkMode } from '../../../shared/model/scheduling-checks.ts';
import { COLUMN_NAMES, type Field } from './columns.ts';

/** Longest cell, in characters. */
const LONGEST = 2000;

/** What is wrong with the cells of one row; nothing that could be a password is repeated. */
export function problemsOf(row: MappingRow): readonly MappingProblem[] {
  const problems: MappingProblem[] = [];
  const say = (field: Field, message: string | null): void => {
    if (message !== null) problems.push({ line: row.line, column: COLUMN_NAMES[field], message });
  };
  for (const field of FIELDS) say(field, anyCell(row[field]));
  if (problems.length > 0) return problems;
  say('source', row.source === '' ? 'The source is empty: name a file, a folder, a backup or a calendar.' : null);
  say('user', row.user === '' ? 'The user is empty: name whose calendar it is.' : null);
  say('secret', secretCell(row.secret));
  say('sourceSecret', secretCell(row.sourceSecret));
  say('mode', modeCell(row.mode));
  say('identity', identityCell(row.identity));
  return problems;
}

const FIELDS = Object.keys(COLUMN_NAMES) as readonly Field[];

function anyCell(text: string): string | null {
  if (text.length > LONGEST) return `It is longer than ${LONGEST} characters.`;
  if (/\p{Cc}/u.test(text)) return 'It has a line break or another character that cannot be seen.';
  if (/^[=+\-@]/.test(text)) {
    return 'It begins like a formula of a spreadsheet (=, +, - or @), so it is not taken. Write a path as ./-name.';
  }
  return null;
}

/** The name of an environment variable; anything else may be a password, and is never repeated. */
function secretCell(text: string): string | null {
  if (text === '' || /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return null;
  return 'This looks like a password itself. Put the password into an environment variable, and only its name here.';
}

function modeCell(text: string): string | null {
  if (text === '' || text === 'auto') return null;
  return said(() => checkMode(text));
}

function identityCell(text: string): string | null {
  if (text === '' || text === 'server' || text === 'match') return null;
  return said(() => checkAddress(text));
}

function said(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof HushError) return error.failure.message;
    throw error;
  }
}
