import { parse } from 'csv-parse/sync';
import { HushError } from '../../../shared/model/failure.ts';

interface UserSecret {
  readonly user: string;
  readonly password: string;
}

const USER = /^(user|username|mailbox|account|login|email|name)$/i;
const PASSWORD = /^(password|app.?password|token|secret|key)$/i;

/** What is longer is no row, and no list. */
const LONGEST_ROW = 65_536;
/** A list is read at once, while the window waits. */
const MOST_ROWS = 100_000;

/**
 * A list of users and app passwords: CSV with two columns, with headings or without. Throws HushError when it is none;
 * what stands in it is never part of a message.
 */
export function readSecretList(text: string): readonly UserSecret[] {
  const rows = rowsOf(text.replace(/^\ufeff/, ''));
  if (rows.length > MOST_ROWS) {
    throw new HushError({
      code: 'SECRETS_UNREADABLE',
      message: 'This list of passwords has more than 100,000 lines. Split it, and import one part after the other.',
      reaction: 'fix-input',
    });
  }
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
    return parse(text, {
      delimiter,
      // Where it is to find out, it looks for it anew at each character until there is one.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
      // One more than counts, so that a longer list is seen.
      to: MOST_ROWS + 1,
    });
  } catch {
    return [];
  }
}
