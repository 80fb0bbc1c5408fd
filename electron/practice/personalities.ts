/** A request header by which a server of this kind lets scheduling be switched off. */
export interface Switch {
  readonly header: string;
  readonly value: string;
  readonly anyCase: boolean;
  readonly methods: readonly string[];
}

/** How a practice server behaves, as data. */
export interface Personality {
  readonly name: string;
  readonly summary: string;
  /** `scheduling-controls` stands in the DAV header. */
  readonly advertises: boolean;
  /** The draft's two headers: obeyed, or not looked at. */
  readonly controls: 'draft' | 'ignored';
  /** Other headers that act like `Scheduling: none`. */
  readonly switches: readonly Switch[];
  /** A header that names the acting address without being checked. */
  readonly actingHeader: string | null;
  /** RFC 6638 implicit scheduling. */
  readonly schedules: boolean;
  readonly etags: 'strong' | 'weak' | 'none';
  /** Writes properties in another order and folding than they were sent, as many servers do. */
  readonly rewrites: boolean;
  /** Octets (RFC 4791 §5.2.5). */
  readonly maxResourceSize: number;
  readonly readOnly: boolean;
  /** Answers every request with a web page. */
  readonly html: boolean;
  readonly uidScope: 'collection' | 'user';
  /** Stores new objects under a name of its own, told in Location. */
  readonly renames: boolean;
}

const DEFAULT: Personality = {
  name: 'default',
  summary: 'Does everything as the standards and the draft say.',
  advertises: true,
  controls: 'draft',
  switches: [],
  actingHeader: null,
  schedules: true,
  etags: 'strong',
  rewrites: false,
  maxResourceSize: 10 * 1024 * 1024,
  readOnly: false,
  html: false,
  uidScope: 'collection',
  renames: false,
};

const IGNORES = { advertises: false, controls: 'ignored' } as const;
const WRITES = ['PUT', 'DELETE'] as const;

export const PERSONALITIES: readonly Personality[] = [
  DEFAULT,
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'ignores-header',
    summary: 'Does not know the Scheduling header and mails everybody.',
  },
  {
    ...DEFAULT,
    name: 'advertises-but-ignores',
    summary: 'Announces scheduling-controls and still mails everybody.',
    controls: 'ignored',
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'no-scheduling',
    summary: 'Stores events and never tells anybody.',
    schedules: false,
  },
  {
    ...DEFAULT,
    name: 'rewrites-bodies',
    summary: 'Stores events in another order and folding than they were sent.',
    rewrites: true,
  },
  { ...DEFAULT, name: 'weak-etag', summary: 'Gives weak ETags only.', etags: 'weak' },
  { ...DEFAULT, name: 'no-etag', summary: 'Gives no ETags.', etags: 'none' },
  {
    ...DEFAULT,
    name: 'small-max-size',
    summary: 'Takes objects of at most 1,000 octets.',
    maxResourceSize: 1000,
  },
  { ...DEFAULT, name: 'read-only', summary: 'Lets nobody write.', readOnly: true },
  { ...DEFAULT, name: 'html', summary: 'Answers every request with a web page.', html: true },
  {
    ...DEFAULT,
    name: 'one-uid-per-user',
    summary: 'Refuses a UID that the user has in any calendar.',
    uidScope: 'user',
  },
  {
    ...DEFAULT,
    name: 'renames-resources',
    summary: 'Stores new objects under a name of its own.',
    renames: true,
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'cyrus-like',
    summary: 'Obeys Scheduling-Enabled: F and Schedule-Address (not checked); one UID per user.',
    switches: [{ header: 'Scheduling-Enabled', value: 'F', anyCase: true, methods: WRITES }],
    actingHeader: 'Schedule-Address',
    uidScope: 'user',
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'sabre-like',
    summary: 'Obeys Schedule-Reply: F on PUT and DELETE.',
    switches: [{ header: 'Schedule-Reply', value: 'F', anyCase: false, methods: WRITES }],
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'nextcloud-like',
    summary: 'Obeys X-NC-Scheduling: false on PUT and Schedule-Reply: F on PUT and DELETE.',
    switches: [
      { header: 'X-NC-Scheduling', value: 'false', anyCase: false, methods: ['PUT'] },
      { header: 'Schedule-Reply', value: 'F', anyCase: false, methods: WRITES },
    ],
  },
];

export const personalityNamed = (name: string): Personality | undefined => PERSONALITIES.find((p) => p.name === name);
