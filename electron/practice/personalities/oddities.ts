import { DEFAULT, IGNORES, type Personality } from './personality.ts';

/** Servers with a face of their own, each with one habit that some server has. */
export const ODDITIES: readonly Personality[] = [
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
    summary: 'Advertises scheduling-controls and still mails everybody.',
    controls: 'ignored',
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'noScheduling',
    summary: 'Stores events and never notifies anybody.',
    schedules: false,
  },
  {
    ...DEFAULT,
    name: 'rewrites-bodies',
    summary: 'Stores events in another order and folding than they were sent.',
    rewrites: true,
  },
  {
    ...DEFAULT,
    name: 'shortens-properties',
    summary: 'Keeps the colour of a calendar without alpha, and the beginning of its description.',
    shortens: new Map([
      ['calendar-color', '#rrggbb'.length],
      ['calendar-description', 10],
    ]),
  },
  {
    ...DEFAULT,
    name: 'mixes-uids',
    summary: 'Takes objects that hold events of several UIDs.',
    mixesUids: true,
  },
  {
    ...DEFAULT,
    name: 'omits-properties',
    summary: 'Stores events without GEO and EXDATE, and says nothing of it.',
    omits: ['GEO', 'EXDATE'],
  },
  {
    ...DEFAULT,
    name: 'swaps-events',
    summary: 'Says that it stored an event, and keeps one with another UID at its address.',
    swaps: true,
  },
  { ...DEFAULT, name: 'weak-etag', summary: 'Gives weak ETags only.', etags: 'weak' },
  { ...DEFAULT, name: 'no-etag', summary: 'Gives no ETags.', etags: 'none' },
  {
    ...DEFAULT,
    name: 'small-max-size',
    summary: 'Takes objects of at most 1,000 octets.',
    maxResourceSize: 1000,
  },
  {
    ...DEFAULT,
    name: 'narrow-limits',
    summary: 'Takes events between 1970 and 2038 only, and series of at most 100 instances.',
    minDateTime: '19700101T000000Z',
    maxDateTime: '20380119T031407Z',
    maxInstances: 100,
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
    name: 'renames-and-omits',
    summary: 'Stores new objects under a name of its own, without GEO and EXDATE.',
    renames: true,
    omits: ['GEO', 'EXDATE'],
  },
];
