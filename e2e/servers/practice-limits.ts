/** What the practice server does not offer to clients, with the reason. Each row is asked for; one that no longer holds fails. */
interface Limit {
  readonly what: string;
  readonly method: string;
  /** Below the home of alice. */
  readonly path: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly status: number;
  /** What the answer's body says. */
  readonly says: string;
  readonly reason: string;
}

const DAV = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"';

export const LIMITS: readonly Limit[] = [
  {
    what: 'locks',
    method: 'LOCK',
    path: 'default/',
    status: 405,
    says: 'LOCK is not offered',
    reason: 'Class 2 is not claimed: calendar clients use ETags. The suite "locks" of litmus skips itself for that.',
  },
  {
    what: 'changing access rights',
    method: 'ACL',
    path: 'default/',
    status: 405,
    says: 'ACL is not offered',
    reason: 'Who may do what is fixed: owner and administrator everything, others nothing. It can be read (DAV:acl).',
  },
  {
    what: 'POST to a calendar',
    method: 'POST',
    path: 'default/',
    headers: ['Content-Type: text/calendar'],
    body: 'BEGIN:VCALENDAR',
    status: 405,
    says: 'calendars take PUT',
    reason: 'Bulk import by POST and RFC 5995 are extensions that restoring does not use: one PUT is one outcome.',
  },
  {
    what: 'PROPFIND of Depth infinity',
    method: 'PROPFIND',
    path: '',
    headers: ['Depth: infinity'],
    status: 403,
    says: 'propfind-finite-depth',
    reason: 'RFC 4918 §9.1.1 lets a server refuse it.',
  },
  {
    what: 'a calendar inside a folder',
    method: 'MKCALENDAR',
    path: 'folder/calendar/',
    status: 403,
    says: 'calendar-collection-location-ok',
    reason: 'Clients look for calendars in the home itself.',
  },
  {
    what: 'the default calendar going away',
    method: 'DELETE',
    path: 'default/',
    status: 403,
    says: 'default-calendar-needed',
    reason: 'Invitations are delivered there (RFC 6638 §9.2).',
  },
  {
    what: 'reports of versioning',
    method: 'REPORT',
    path: 'default/',
    body: `<D:expand-property ${DAV}/>`,
    status: 403,
    says: 'supported-report',
    reason: 'Nobody asks for it here; what is offered stands in supported-report-set.',
  },
];
