import { z } from 'zod';
import { behalf, credentialKind } from './login.ts';
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

/** A server the window knows. The password is never part of it. */
export const serverInfo = z.strictObject({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  user: z.string(),
  practice: z.boolean(),
  /** `keychain`: kept by the operating system; `session`: in memory until the app ends; `missing`: must be typed again. */
  password: z.enum(['keychain', 'session', 'missing']),
  assumeNoMailHook: z.boolean(),
  /** Whose calendars these are, when `user` is an administrator; absent when they are the user's own. */
  behalf: behalf.optional(),
  /** A password unless said otherwise. */
  credential: credentialKind.optional(),
  /** How it is reached, where not as other servers are. */
  network: networkSpec.optional(),
});
export type ServerInfo = z.infer<typeof serverInfo>;

/** A place at which a server was looked for, and what it said. */
export const triedPlace = z.strictObject({ place: z.string(), said: z.string() });
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
  /** What the server calls itself, e.g. `Cyrus 3.6.1`, or null. */
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
