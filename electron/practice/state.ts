import { collectionPath } from './paths.ts';
import type { Site } from './site.ts';
import type { Collection, Message } from './store/model.ts';
import { APPLE, CALDAV, DAV, key } from './xml/names.ts';
import { DEFAULT_CALENDAR } from './store/store.ts';

/** What the window shows of a practice server. */
export interface PracticeState {
  readonly url: string;
  readonly users: {
    user: string;
    addresses: string[];
    calendars: PracticeCalendar[];
    inbox: number;
  }[];
  readonly messages: Message[];
}

/** One calendar, as the window lists those of any server. */
interface PracticeCalendar {
  url: string;
  name: string;
  color: string | null;
  description: string | null;
  components: readonly string[];
  writable: boolean;
  maxResourceSize: number;
  objects: number;
}

/** The text of a property that was stored as an element. */
function textOf(collection: Collection, ns: string, name: string): string | null {
  const inner = /^<[^>]*>([^<]*)<\/[^>]*>$/.exec(collection.properties.get(key(ns, name)) ?? '')?.[1];
  return inner === undefined
    ? null
    : inner
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&');
}

function calendarOf(site: Site, baseUrl: string, collection: Collection): PracticeCalendar {
  const fallback = collection.slug === DEFAULT_CALENDAR ? 'Calendar' : collection.slug;
  return {
    url: baseUrl + collectionPath(collection),
    name: textOf(collection, DAV, 'displayname') ?? fallback,
    color: textOf(collection, APPLE, 'calendar-color'),
    description: textOf(collection, CALDAV, 'calendar-description'),
    components: collection.components,
    writable: !site.personality.readOnly,
    maxResourceSize: site.personality.maxResourceSize,
    objects: collection.objects.size,
  };
}

/** Users, calendars, inboxes and captured messages as they are now. */
export function stateOf(site: Site, baseUrl: string): PracticeState {
  const users = [...site.store.principals.values()].filter((p) => !p.admin);
  return {
    url: baseUrl,
    users: users.map((principal) => {
      const all = site.store.collections(principal.user);
      return {
        user: principal.user,
        addresses: [...principal.addresses],
        calendars: all.filter((c) => c.kind === 'calendar').map((c) => calendarOf(site, baseUrl, c)),
        inbox: site.store.collection(principal.user, 'inbox')?.objects.size ?? 0,
      };
    }),
    messages: [...site.store.messages()],
  };
}
