import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import { Refusal } from './answer.ts';

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

const CHALLENGE: Refusal = new Refusal(
  {
    status: 401,
    headers: {
      'WWW-Authenticate': 'Basic realm="Hushcal practice server", charset="UTF-8"',
      'Content-Type': 'text/plain; charset=utf-8',
    },
    body: 'The user name or the password is wrong.\n',
  },
  'not logged in',
);

/** Basic authentication (RFC 7617, UTF-8). Throws a 401 refusal. */
export function authenticate(header: string | undefined, store: Store, password: string): Principal {
  const encoded = /^basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) throw CHALLENGE;
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = credentials.indexOf(':');
  const principal = store.principals.get(credentials.slice(0, Math.max(colon, 0)));
  const right = timingSafeEqual(digest(credentials.slice(colon + 1)), digest(password));
  if (principal === undefined || colon < 0 || !right) throw CHALLENGE;
  return principal;
}
