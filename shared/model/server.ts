import { z } from 'zod';
import { adminWay, credentialKind } from './login.ts';
import { networkSpec } from './network.ts';

/** A calendar collection on a server, as the window shows it. */
export const calendarInfo = z.strictObject({
  url: z.string(),
  name: z.string(),
  color: z.string().nullable(),
  description: z.string().nullable(),
  /** `supported-calendar-component-set` (RFC 4791 §5.2.3); empty when the server does not say. */
  components: z.array(z.string()).readonly(),
  /** Whether the logged-in user may write there, by `current-user-privilege-set`; null when the server does not say. */
  writable: z.boolean().nullable(),
  /** Octets (RFC 4791 §5.2.5). */
  maxResourceSize: z.int().nullable(),
  /** Number of objects, where it is known. */
  objects: z.int().nullable(),
});
export type CalendarInfo = z.infer<typeof calendarInfo>;

/** Somebody whose calendars an administrator reaches. */
export const serverUser = z.strictObject({
  user: z.string().min(1).max(500),
  /** The calendar home (RFC 4791 §6.2.1), where a search named it; else the address of the server says it. */
  home: z.string().max(2000).optional(),
});
export type ServerUser = z.infer<typeof serverUser>;

/** What a search for users found (principal-property-search, RFC 3744 §9.4). */
export const foundUser = z.strictObject({
  user: z.string(),
  /** `displayname`; empty where the server has none. */
  name: z.string(),
  addresses: z.array(z.string()).readonly(),
  home: z.string().nullable(),
});
export type FoundUser = z.infer<typeof foundUser>;

/** A server the window knows. The password is never part of it. */
export const serverInfo = z.strictObject({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  user: z.string(),
  practice: z.boolean(),
  /** `keychain`: kept by the operating system; `session`: in memory until the app ends; `missing`: must be typed again. */
  password: z.enum(['keychain', 'session', 'missing']),
  /** The same of the proxy that is named with a user; absent where none is. */
  proxyPassword: z.enum(['keychain', 'session', 'missing']).optional(),
  assumeNoMailHook: z.boolean(),
  /** How `user`, an administrator, reaches the calendars of others; absent where `user` has only their own. */
  admin: adminWay.optional(),
  /** Whose calendars were reached so far, or are named beforehand; the first is taken where nobody is chosen. */
  users: z.array(serverUser).readonly().optional(),
  /** A password unless said otherwise. */
  credential: credentialKind.optional(),
  /** How it is reached, where not as other servers are. */
  network: networkSpec.optional(),
});
export type ServerInfo = z.infer<typeof serverInfo>;

/** A place at which a server was looked for, and what it said. */
const triedPlace = z.strictObject({ place: z.string(), said: z.string() });
export type TriedPlace = z.infer<typeof triedPlace>;

/** The server of a mail address, before anybody logged in. */
export const foundServer = z.strictObject({
  url: z.string(),
  host: z.string(),
  /** It lies outside the mail domain: a person has to say that the password may go there (RFC 6764 §8). */
  outside: z.boolean(),
  tried: z.array(triedPlace).readonly(),
});
export type FoundServer = z.infer<typeof foundServer>;

/** What logging in found out. */
export const accountInfo = z.strictObject({
  server: serverInfo,
  /** Whose calendars these are, where an administrator logged in for somebody; null: of the one who logged in. */
  forUser: z.string().nullable(),
  /** E.g. `Cyrus 3.6.1`; null where it is none that we know. */
  product: z.string().nullable(),
  /** It may have a mail hook that cannot be seen from outside: a person has to say whether it is on. */
  asksForMailHook: z.boolean(),
  principal: z.string(),
  /** The collection in which the calendars lie, and a new one can be made. */
  home: z.string(),
  /** `calendar-user-address-set` (RFC 6638 §2.4.1), mailto addresses first. */
  addresses: z.array(z.string()).readonly(),
  calendars: z.array(calendarInfo).readonly(),
  /** Homes and calendars that the server names and that could not be seen, such as a home on another host. */
  unseen: z
    .array(z.strictObject({ href: z.string(), reason: z.string() }))
    .readonly()
    .optional(),
});
export type AccountInfo = z.infer<typeof accountInfo>;
