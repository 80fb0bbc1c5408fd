import { HushError } from '../../../../shared/model/failure.ts';
import type { Unseen } from '../types.ts';
import { hrefOrigin } from '../url.ts';

/*
 * A server may name what belongs to a user on another host than the one that was asked. The login is given for the host
 * that a person named and goes nowhere else. What is named is asked for here first, since behind a proxy a server writes
 * the name of an inner host; where it is not here, the other host is named, and a person decides.
 */

/**
 * What an href names on another host than the one that was asked; null for our own, and for the name that the answer gives
 * its own server.
 *
 * @param self href of the response that names it
 */
export function onOtherHost(href: string, self: string, base: string): string | null {
  const origin = hrefOrigin(href, base);
  const known = [null, new URL(base).origin, hrefOrigin(self, base)];
  return known.includes(origin) ? null : href.trim();
}

/** Runs `ask`; where it finds nothing here, the other host is the reason. */
export async function orNamed<T>(
  named: string | null,
  isNotHere: (error: unknown) => boolean,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (named === null || !isNotHere(error)) throw error;
    throw new HushError({ code: 'SERVER_REDIRECTED', message: otherHostWords(named), reaction: 'fix-input' });
  }
}

/** A home on another host, of which nothing was asked. */
export function notAsked(href: string): Unseen {
  return { href, reason: otherHostWords(href) };
}

function otherHostWords(href: string): string {
  return `The server names your calendars on another host, ${href}. The password was not sent there. If you trust that address, enter it instead.`;
}
