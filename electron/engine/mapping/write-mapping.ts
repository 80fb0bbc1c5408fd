import { stringify } from 'csv-stringify/sync';
import type { Move } from '../../../shared/model/batch/migrate.ts';
import type { IdentityChoice } from '../../../shared/model/scheduling.ts';
import { COLUMN_NAMES } from './columns.ts';

/**
 * Writes down what a mapping was resolved to, one line per calendar, so that it can be looked at and read again (RFC
 * 4180, UTF-8 with a BOM). What a spreadsheet would take for a formula gets an apostrophe; never holds a password.
 */
export function writeMapping(moves: readonly Move[]): string {
  const names = [...Object.values(COLUMN_NAMES), 'calendar_made'];
  const rows = moves.flatMap((move) => {
    const { from, to, calendarUrl, identity, mode, mailbox, makes } = move;
    const sources = from.kind === 'files' ? from.paths : [from.url];
    const old = from.kind === 'server' ? from.login : null;
    return sources.map((source) => [
      source,
      mailbox,
      to.way === 'own' ? to.secret : '',
      calendarUrl,
      identityText(identity),
      mode,
      old === null ? '' : old.user,
      old !== null && old.way === 'own' ? old.secret : '',
      makes ? 'yes' : '',
    ]);
  });
  // In quotes stands what some spreadsheets part cells or lines at: no part of a value becomes a cell of its own.
  const form = { bom: true, escape_formulas: true, quoted_match: /[\r\n\t;|]/, record_delimiter: '\r\n' };
  return stringify([names, ...rows], form);
}

function identityText(identity: IdentityChoice): string {
  return identity.kind === 'fixed' ? identity.address : identity.kind;
}
