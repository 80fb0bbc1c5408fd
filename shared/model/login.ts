import { z } from 'zod';

/**
 * How one user's calendars are reached.
 * - `own`: the user's own name and password
 * - `direct`: an administrator's name and password, on the user's URLs (SOGo superuser, DAViCal Admin)
 * - `authorize-as`: an administrator's, with `Authorize-As: USER` on every request (Cyrus)
 * - `template`: a login name made of both, e.g. `{user}%{admin}`, with the administrator's password (Stalwart)
 * - `grant`: an administrator gives itself the rights on the calendar, and gives them back at the end (Cyrus)
 */
export const LOGIN_WAYS = ['own', 'direct', 'authorize-as', 'template', 'grant'] as const;
export const loginWay = z.enum(LOGIN_WAYS);
export type LoginWay = z.infer<typeof loginWay>;

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

/** For whose calendars somebody else logs in, and how; kept with a run, so that it can be taken up again. */
export const behalf = z.strictObject({
  /** The target: whose calendar it is. */
  user: z.string().min(1),
  way: loginWay,
  /** For the way `template`. */
  template: z.string().optional(),
});
export type Behalf = z.infer<typeof behalf>;

/** Stalwart's way: the user, then the master. */
export const DEFAULT_TEMPLATE = '{user}%{admin}';

/** What a run keeps of a login besides the name that logged in; undefined for the way `own`. */
export function behalfOf({ user, way, template }: Pick<Login, 'user' | 'way' | 'template'>): Behalf | undefined {
  if (way === 'own') return undefined;
  return { user, way, ...(template === undefined ? {} : { template }) };
}

/** The login with which a run was made, from what it kept. */
export function loginOfRun(
  run: { readonly calendarUrl: string; readonly user: string; readonly behalf?: Behalf | undefined },
  credential: Login['credential'],
  secret: string,
): Login {
  const { calendarUrl: url, user: actor, behalf } = run;
  const { user, way, template } = behalf ?? { user: actor, way: 'own' };
  return { url, user, way, actor, credential, secret, ...(template === undefined ? {} : { template }) };
}
