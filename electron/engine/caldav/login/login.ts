import { HushError } from '../../../../shared/model/failure.ts';
import { DEFAULT_TEMPLATE, type Login } from '../../../../shared/model/login.ts';
import type { Connection, Network } from '../types.ts';

/**
 * The way to a server as one login describes it: the one place where actor, target and way become a name to log in with
 * and a header to send.
 *
 * @param secret reads the password or token; `again` when the last one was refused
 * @throws HushError `LOGIN_INVALID` for a template without places for both names, `TLS_CHECK_OFF`
 */
export function connectionFor(
  login: Login,
  secret: Connection['password'],
  concurrency: number,
  network?: Network,
): Connection {
  refuseUnchecked();
  const { url, user, way, actor, template, credential } = login;
  const base = { url, password: secret, credential, concurrency, ...(network === undefined ? {} : { network }) };
  switch (way) {
    case 'own':
      return { ...base, user };
    case 'direct':
      return { ...base, user: actor };
    case 'authorize-as':
      return { ...base, user: actor, authorizeAs: user };
    case 'template':
      return { ...base, user: nameOf(template ?? DEFAULT_TEMPLATE, user, actor) };
  }
}

/** Certificates are checked whatever the environment says; who switched that off believes that it is, and is told. */
function refuseUnchecked(): void {
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return;
  throw new HushError({
    code: 'TLS_CHECK_OFF',
    message:
      'NODE_TLS_REJECT_UNAUTHORIZED=0 would let anybody read the password, so nothing was sent. Take it out of the environment; give the certificate of the issuer, or trust the one certificate of the server by its fingerprint.',
    reaction: 'fix-input',
  });
}

function nameOf(template: string, user: string, admin: string): string {
  if (!template.includes('{user}') || !template.includes('{admin}')) {
    throw new HushError({
      code: 'LOGIN_INVALID',
      message: `A template for the login has places for {user} and {admin}, such as ${DEFAULT_TEMPLATE}, not "${template}".`,
      reaction: 'fix-input',
    });
  }
  return template.replace(/\{(user|admin)\}/g, (_place, who: string) => (who === 'user' ? user : admin));
}
