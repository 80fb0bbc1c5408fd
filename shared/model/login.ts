import { z } from 'zod';
import { HushError } from './failure.ts';

/**
 * How one user's calendars are reached.
 * - `own`: the user's own name and password
 * - `direct`: an administrator's name and password, on the user's URLs (SOGo superuser, DAViCal Admin)
 * - `authorize-as`: an administrator's, with `Authorize-As: USER` on every request (Cyrus)
 * - `template`: a login name made of both, e.g. `{user}%{admin}`, with the administrator's password (Stalwart)
 */
export const LOGIN_WAYS = ['own', 'direct', 'authorize-as', 'template'] as const;
export const loginWay = z.enum(LOGIN_WAYS);
export type LoginWay = z.infer<typeof loginWay>;

/** What servers, runs and batches that are kept may name: `grant` was offered once, and no server allows it. */
const keptWay = z.enum([...LOGIN_WAYS, 'grant']);
type KeptWay = z.infer<typeof keptWay>;

/** `password`: Basic, or Digest where the server offers only that; `token`: Bearer (RFC 6750). */
export const credentialKind = z.enum(['password', 'token']);
export type CredentialKind = z.infer<typeof credentialKind>;

/** How to log in for one user. Never holds a secret: `secret` is the name under which the main process finds it. */
export const login = z.strictObject({
  /** A host, a base URL, a home or a calendar. */
  url: z.string(),
  /** Whose calendars: the target. */
  user: z.string(),
  way: loginWay,
  /** Who logs in: the actor. The same as `user` for the way `own`. */
  actor: z.string(),
  /** For the way `template`. */
  template: z.string().optional(),
  credential: credentialKind,
  /** An environment variable on the command line, a server id in the window. */
  secret: z.string(),
});
export type Login = z.infer<typeof login>;

/** A login as a batch keeps it. */
export const keptLogin = login.extend({ way: keptWay });
export type KeptLogin = z.infer<typeof keptLogin>;

/** For whose calendars somebody else logs in, and how; kept with a run, so that it can be taken up again. */
export const behalf = z.strictObject({
  /** The target: whose calendar it is. */
  user: z.string().min(1),
  way: keptWay,
  /** For the way `template`. */
  template: z.string().optional(),
});
export type Behalf = z.infer<typeof behalf>;

/** How the one who logs in at a server, an administrator, reaches the calendars of its users. */
export const adminWay = behalf.omit({ user: true });
export type AdminWay = z.infer<typeof adminWay>;

/** The same as a person asks for it now. */
export const askedAdminWay = adminWay.extend({ way: loginWay.exclude(['own']) });

/** A way that was kept or typed, as one that can be used. Throws HushError for `grant`. */
export function offeredWay<Way extends string>(way: Way | KeptWay): Exclude<Way, 'grant'> {
  // A check on a generic type does not narrow it.
  if (way !== 'grant') return way as Exclude<Way, 'grant'>;
  throw new HushError({
    code: 'WAY_NOT_OFFERED',
    message:
      'An administrator cannot give itself rights over CalDAV: Cyrus lets only those change them who have the right to, ' +
      'and the change would take away the rights of everybody else. Use direct or authorize-as, or set the rights with cyradm.',
    reaction: 'fix-input',
  });
}

/** A login that was kept, as one that can be used. Throws HushError for the way `grant`. */
export function offeredLogin(kept: KeptLogin): Login {
  return { ...kept, way: offeredWay<KeptWay>(kept.way) };
}

/** Stalwart's way: the user, then the master. */
export const DEFAULT_TEMPLATE = '{user}%{admin}';

/** What a run keeps of a login besides the name that logged in; undefined for the way `own`. */
export function behalfOf({ user, way, template }: Pick<Login, 'user' | 'way' | 'template'>): Behalf | undefined {
  if (way === 'own') return undefined;
  return { user, way, ...(template === undefined ? {} : { template }) };
}

/** The login with which a run was made, from what it kept. Throws HushError for the way `grant`. */
export function loginOfRun(
  run: { readonly calendarUrl: string; readonly user: string; readonly behalf?: Behalf | undefined },
  credential: Login['credential'],
  secret: string,
): Login {
  const { calendarUrl: url, user: actor, behalf } = run;
  const { user, way, template } = behalf ?? { user: actor, way: 'own' };
  return {
    url,
    user,
    way: offeredWay<KeptWay>(way),
    actor,
    credential,
    secret,
    ...(template === undefined ? {} : { template }),
  };
}
