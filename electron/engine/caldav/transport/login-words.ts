import type { Challenge } from '../challenges.ts';
import type { Connection } from '../types.ts';

/** Why a login was refused, and what to look at: one or two sentences, by the way in. Never a secret. */
export function deniedWords(
  { credential, user, authorizeAs }: Pick<Connection, 'credential' | 'user' | 'authorizeAs'>,
  challenges: readonly Challenge[],
): string {
  const schemes = challenges.map(({ scheme }) => scheme);
  if (credential === 'token') {
    if (schemes.length > 0 && !schemes.includes('bearer')) {
      return `The server takes no token, only ${named(schemes)}. Log in with a password.`;
    }
    return 'The server does not accept the token. Get a new one, then try again.';
  }
  const known = schemes.some((scheme) => scheme === 'basic' || scheme === 'digest');
  if (schemes.length > 0 && !known) {
    return `The server does not take a password, only ${named(schemes)}.${schemes.includes('bearer') ? ' Log in with a token.' : ''}`;
  }
  if (authorizeAs !== undefined) {
    return (
      `The server does not let ${user} act for ${authorizeAs}, or the password of ${user} is wrong. ` +
      'Cyrus takes Authorize-As from the administrators among its proxyservers only.'
    );
  }
  return 'The server does not accept the user name or the password. Check both.';
}

function named(schemes: readonly string[]): string {
  const words = schemes.map((scheme) => scheme.charAt(0).toUpperCase() + scheme.slice(1));
  return [...new Set(words)].join(', ').slice(0, 80);
}
