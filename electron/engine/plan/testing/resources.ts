import type { ResourceSummary } from '../../icalendar/types.ts';
import { assess } from '../../scheduling/assurance.ts';
import type { Capability } from '../../scheduling/types.ts';
import type { PlanInput, TargetObject } from '../types.ts';
import type { ETag } from '../../caldav/types.ts';

/** A plain event; `over` says what is different about it. */
export function resource(over: Partial<ResourceSummary> = {}): ResourceSummary {
  return {
    uid: 'one@example.com',
    kind: 'VEVENT',
    file: 'backup.ics',
    line: 4,
    components: 1,
    hasMaster: true,
    title: 'One',
    location: '',
    start: { text: '2026-11-23T09:30:00Z', tzid: null, ms: Date.UTC(2026, 10, 23, 9, 30) },
    endsMs: Date.UTC(2026, 10, 23, 10, 30),
    recurring: false,
    organizer: null,
    attendees: [],
    sequence: 0,
    dtstamp: null,
    cancelled: false,
    lastModified: null,
    created: null,
    meaning: 'one',
    bytes: 100,
    findings: [],
    ...over,
  };
}

export function etag(text: string): ETag {
  // Only the adapter brands ETags; a test has no server to get one from.
  return `"${text}"` as ETag;
}

export function stored(summary: ResourceSummary, tag: ETag | null = etag('1')): TargetObject {
  return { href: `/cal/${summary.uid}.ics`, etag: tag, summary };
}

/** What a server that announces `tokens` can be asked for. */
export function capability(tokens: readonly string[] = ['scheduling-controls']): Capability {
  const server = {
    davTokens: new Set(tokens),
    allow: new Set<string>(),
    headers: {},
    checkedAt: '2026-11-22T00:00:00Z',
  };
  return assess({ server, assume: [] });
}

export function planInput(
  resources: readonly ResourceSummary[],
  target: readonly TargetObject[] = [],
  over: Partial<PlanInput> = {},
): PlanInput {
  const summary = (ordinal: number): ResourceSummary => {
    const found = resources[ordinal];
    if (found === undefined) throw new Error(`no resource ${ordinal}`);
    return found;
  };
  return {
    resources: {
      size: resources.length,
      summary,
      glance: summary,
      fingerprint: (ordinal) => `text:${summary(ordinal).uid} ${summary(ordinal).meaning}`,
    },
    rejected: [],
    target: new Map(target.map((object) => [object.summary.uid, object])),
    mode: 'none',
    identity: { kind: 'server' },
    onConflict: 'newer',
    only: null,
    capability: capability(),
    context: {
      ownAddresses: ['mailto:alice@example.com'],
      insideDomains: new Set(['example.com']),
      now: Date.UTC(2026, 10, 22),
    },
    ownerAddresses: ['mailto:alice@example.com'],
    limits: {
      url: 'http://cal.test/cal/',
      components: [],
      maxResourceSize: null,
      maxAttendees: null,
      minDateMs: null,
      maxDateMs: null,
      maxInstances: null,
      writable: true,
      quotaAvailable: null,
    },
    newHref: (uid) => `/cal/new-${uid}.ics`,
    copyUid: (uid) => `copy-of-${uid}`,
    ...over,
  };
}
