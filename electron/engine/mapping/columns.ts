import type { MappingRow } from '../../../shared/model/batch/migrate.ts';

/** What a column of the mapping is about. */
export type Field = Exclude<keyof MappingRow, 'line' | 'credential'>;

/** Names that people give to a column, lower case, letters and digits only; the first one is what an export writes. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  source: ['source', 'from', 'file', 'files', 'path', 'folder', 'backup', 'ics', 'sourceurl', 'oldurl', 'oldcalendar'],
  user: ['user', 'username', 'mailbox', 'account', 'target', 'targetuser', 'newuser', 'to', 'login', 'email'],
  secret: [
    ...['passwordenv', 'password', 'passwordvariable', 'passwordvar', 'secret', 'variable', 'env', 'userpassword'],
    ...['token', 'tokenenv', 'tokenvariable', 'targetpassword', 'newpassword'],
  ],
  calendar: ['calendar', 'calendarurl', 'calendarname', 'url', 'targetcalendar', 'targeturl', 'newcalendar'],
  identity: ['identity', 'as', 'actas', 'actingas', 'address', 'scheduleuseraddress', 'scheduleaddress'],
  mode: ['mode', 'scheduling', 'schedulingmode'],
  sourceUser: ['sourceuser', 'sourceusername', 'sourcelogin', 'sourceaccount', 'fromuser', 'olduser'],
  sourceSecret: [
    ...['sourcepasswordenv', 'sourcepassword', 'sourcepasswordvariable', 'sourcesecret', 'sourcetoken'],
    ...['frompassword', 'oldpassword', 'oldpasswordenv'],
  ],
};

const FIELDS = Object.entries(NAMES) as readonly (readonly [Field, readonly string[]])[];

/** Columns that an export adds for a reader, and that mean nothing when read. */
const NOTES = ['calendarmade', 'note', 'notes', 'comment'];

/** How a field is called when it is written down, and in what is said about it. */
export const COLUMN_NAMES: Readonly<Record<Field, string>> = {
  source: 'source',
  user: 'user',
  secret: 'password_env',
  calendar: 'calendar',
  identity: 'identity',
  mode: 'mode',
  sourceUser: 'source_user',
  sourceSecret: 'source_password_env',
};

/** What a column with this heading is about; null when it is not known, `note` when it is to be passed over. */
export function fieldNamed(heading: string): Field | 'note' | null {
  const plain = heading.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (NOTES.includes(plain)) return 'note';
  return FIELDS.find(([, names]) => names.includes(plain))?.[0] ?? null;
}

/** Whether a heading of the password column says that it holds tokens. */
export function isTokenHeading(heading: string): boolean {
  return /token/i.test(heading);
}
