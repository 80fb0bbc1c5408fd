import type { DraftMethod, DraftMode, DraftRow, Effects } from './draft-table.ts';
import type { MatrixEvent } from './matrix-events.ts';
import type { Cell, Heard, MatrixMode, MatrixServer } from './matrix-table.ts';

/** The servers that the draft's table is held against; the practice server has no deviation. */
type DraftServer = 'practice server' | 'draft over Cyrus';

/** Where a server is known to do something else than the draft says, and why. Everything else fails the test. */
interface Deviation {
  readonly server: DraftServer;
  readonly mode: DraftMode;
  readonly method: DraftMethod;
  /** What is found instead. */
  readonly instead: Partial<Effects>;
  readonly reason: string;
}

const CYRUS_INBOX =
  'draftproxy.py lets Cyrus schedule as usual and drops the mail; Cyrus has no way to deliver into a calendar without leaving the inbox item';

const DEVIATIONS: readonly Deviation[] = [
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

/** Where a server of the matrix does otherwise than the draft and RFC 6638 say, and why. What is left out holds for all. */
interface MatrixDeviation extends Partial<Omit<Cell, 'server'>> {
  readonly server: MatrixServer;
  readonly instead: Heard;
  readonly reason: string;
}

const CYRUS_PAST = 'Cyrus schedules nothing that ended more than caldav_historical_age (7 days) ago';
const NO_SCHEDULING = 'it does no scheduling, which the plan says before it runs';
const DAVICAL_MAIL =
  'DAViCal mails nobody outside about what is stored; its mail about a deletion names no UID, so it is counted only';
const SOGO_KEEPS =
  'SOGo changes the guests of what it stores, so the undo finds them changed and leaves these events alone';

const silent = (server: MatrixServer, mode: MatrixMode): MatrixDeviation => ({
  server,
  mode,
  instead: 'nobody',
  reason: NO_SCHEDULING,
});

const MATRIX_DEVIATIONS: readonly MatrixDeviation[] = [
  { server: 'Cyrus', kind: 'past', instead: 'nobody', reason: CYRUS_PAST },
  { server: 'draft over Cyrus', kind: 'past', instead: 'nobody', reason: CYRUS_PAST },
  silent('Radicale', 'internal-only'),
  silent('Radicale', 'all'),
  silent('Xandikos', 'internal-only'),
  silent('Xandikos', 'all'),
  { server: 'DAViCal', role: 'organizer', instead: 'inside', reason: DAVICAL_MAIL },
  { server: 'DAViCal', role: 'attendee', instead: 'nobody', reason: 'DAViCal does not answer an organizer outside' },
  { server: 'SOGo', method: 'undo create', instead: 'nobody', reason: SOGO_KEEPS },
  { server: 'SOGo', method: 'delete told', instead: 'nobody', reason: SOGO_KEEPS },
  { server: 'SOGo', role: 'attendee', kind: 'past', instead: 'nobody', reason: 'SOGo mails nobody about what is over' },
  {
    server: 'SOGo',
    role: 'organizer',
    kind: 'past',
    instead: 'inside',
    reason: 'SOGo mails nobody about what is over',
  },
];

/** How runs end where a server changes events that it stores; everywhere else they are complete. */
export const MATRIX_ENDS: Partial<Record<MatrixServer, { readonly status: string; readonly reason: string }>> = {
  SOGo: { status: 'incomplete', reason: 'SOGo re-writes guests (RSVP, the organizer among them), which the run says' },
};

/** The events of the matrix that a server takes. */
export function takenBy(server: MatrixServer, events: readonly MatrixEvent[]): readonly MatrixEvent[] {
  // DAViCal 1.1.12 answers 500 ("DAViCal Fatal Error") where it should invite to a series with an override.
  return server === 'DAViCal' ? events.filter(({ role, kind }) => role !== 'organizer' || kind !== 'series') : events;
}

/** The first declared deviation that is about a cell. */
export function matrixDeviation(cell: Cell): MatrixDeviation | undefined {
  return MATRIX_DEVIATIONS.find(
    ({ server, mode = cell.mode, method = cell.method, role = cell.role, kind = cell.kind }) =>
      server === cell.server &&
      mode === cell.mode &&
      method === cell.method &&
      role === cell.role &&
      kind === cell.kind,
  );
}
