import type { DraftMethod, DraftMode, DraftRow, Effects } from './draft-table.ts';

/** The servers that the draft's table is held against; the practice server has no deviation. */
export type DraftServer = 'practice server' | 'draft over Cyrus';

/** Where a server is known to do something else than the draft says, and why. Everything else fails the test. */
export interface Deviation {
  readonly server: DraftServer;
  readonly mode: DraftMode;
  readonly method: DraftMethod;
  /** What is found instead. */
  readonly instead: Partial<Effects>;
  readonly reason: string;
}

const CYRUS_INBOX =
  'draftproxy.py lets Cyrus schedule as usual and drops the mail; Cyrus has no way to deliver into a calendar without leaving the inbox item';

export const DEVIATIONS: readonly Deviation[] = [
  {
    server: 'draft over Cyrus',
    mode: 'internal-only',
    method: 'create',
    instead: { bobInbox: 'REQUEST' },
    reason: CYRUS_INBOX,
  },
  {
    server: 'draft over Cyrus',
    mode: 'internal-only',
    method: 'update',
    instead: { bobInbox: 'REQUEST' },
    reason: CYRUS_INBOX,
  },
  {
    server: 'draft over Cyrus',
    mode: 'internal-only',
    method: 'delete',
    instead: { bobInbox: 'CANCEL' },
    reason: CYRUS_INBOX,
  },
];

/** What a server is expected to do: the row of the table, with its declared deviations. */
export function expectedOf(server: DraftServer, row: DraftRow): Effects {
  const { bobCalendar, carolCalendar, bobInbox, mailToDan, mailToErin } = row;
  const declared = DEVIATIONS.filter(
    (one) => one.server === server && one.mode === row.mode && one.method === row.method,
  );
  return declared.reduce<Effects>((effects, { instead }) => ({ ...effects, ...instead }), {
    bobCalendar,
    carolCalendar,
    bobInbox,
    mailToDan,
    mailToErin,
  });
}
