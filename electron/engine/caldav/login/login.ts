import { HushError } from '../../../../shared/model/failure.ts';
import { DEFAULT_TEMPLATE, type Login } from '../../../../shared/model/login.ts';
import type { Connection } from '../types.ts';

/**
 * The way to a server as one login describes it: the one place where actor, target and way become a name to log in with
 * and a header to send.
 *
 * @param secret reads the password or token; `again` when the last one was refused
 * @throws HushError `LOGIN_INVALID` for a template without places for both names
 */
export function connectionFor(login: Login, secret: Connection['password'], concurrency: number): Connection {
  const { url, user, way, actor, template, credential } = login;
  const base = { url, password: secret, credential, concurrency };
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
