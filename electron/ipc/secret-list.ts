import { parse } from 'csv-parse/sync';
import { HushError } from '../../shared/model/failure.ts';

export interface UserSecret {
  readonly user: string;
  readonly password: string;
}

const USER = /^(user|username|mailbox|account|login|email|name)$/i;
const PASSWORD = /^(password|app.?password|token|secret|key)$/i;

/**
 * A list of users and app passwords: CSV with two columns, with headings or without. Throws HushError when it is none;
 * what stands in it is never part of a message.
 */
export function readSecretList(text: string): readonly UserSecret[] {
  const rows = rowsOf(text.replace(/^\ufeff/, ''));
  const head = rows[0] ?? [];
  const user = head.findIndex((cell) => USER.test(cell.trim()));
  const password = head.findIndex((cell) => PASSWORD.test(cell.trim()));
  const named = user >= 0 && password >= 0;
  const found = (named ? rows.slice(1) : rows).map((cells) => ({
    user: (cells[named ? user : 0] ?? '').trim(),
    password: cells[named ? password : 1] ?? '',
  }));
  const whole = found.filter((entry) => entry.user !== '' && entry.password !== '');
  if (whole.length > 0) return whole;
  throw new HushError({
    code: 'SECRETS_UNREADABLE',
    message: 'This is no list of passwords. It has two columns, user and password, and one user a line.',
    reaction: 'fix-input',
  });
}

function rowsOf(text: string): readonly (readonly string[])[] {
  const first = text.split(/\r?\n/, 1)[0] ?? '';
  const delimiter = first.includes('\t') ? '\t' : first.includes(';') && !first.includes(',') ? ';' : ',';
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true });
  } catch {
    return [];
  }
}
