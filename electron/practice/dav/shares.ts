import { refusePlain, wholeBody, type Answer } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import { collectionPath, homePath, segment } from '../paths.ts';
import type { Site } from '../site.ts';
import type { Collection, Principal } from '../store/model.ts';
import { DEFAULT_CALENDAR } from '../store/store.ts';
import { element, href, OWNCLOUD } from '../xml/names.ts';

/*
 * Shares as Nextcloud has them: the calendar of one user lies in the home of another, too, at `NAME_shared_by_OWNER`, with the
 * owner as its DAV:owner; the owner alone sees with whom it is shared (oc:invite, principals in place of addresses). On such
 * a server the first user shares the default calendar with the second, who may write.
 */

/** A calendar of somebody else in the home of the one that it is shared with. */
export interface Share {
  readonly collection: Collection;
  readonly sharee: Principal;
  /** Its address in the sharee's home. */
  readonly path: string;
}

/** What is shared on this server. */
export function sharesOn({ store, personality }: Site): readonly Share[] {
  if (!personality.shares) return [];
  const [owner, sharee] = [...store.principals.values()].filter(({ admin }) => !admin);
  const collection = owner === undefined ? undefined : store.collection(owner.user, DEFAULT_CALENDAR);
  if (collection === undefined || sharee === undefined) return [];
  const slug = `${collection.slug}_shared_by_${collection.owner.user}`;
  return [{ collection, sharee, path: `${homePath(sharee)}${segment(slug)}/` }];
}

/** The share that an address lies in; undefined elsewhere. */
export function shareAt(site: Site, path: string): Share | undefined {
  return sharesOn(site).find((share) => path.startsWith(share.path) || `${path}/` === share.path);
}

/** Who may write through a share: the rights of the owner, as somebody else. */
export const withRights = (actor: Principal): Principal => ({ ...actor, admin: true });

/** The same request at the address that the owner has for it. */
export function atOwners(exchange: Exchange, { path, collection }: Share): Exchange {
  if (exchange.method === 'MOVE' || exchange.method === 'COPY') throw refusePlain(403, 'Not in a share.');
  const own = collectionPath(collection);
  const body =
    exchange.method === 'REPORT' ? Buffer.from(exchange.body.toString('utf8').replaceAll(path, own)) : exchange.body;
  return { ...exchange, path: own + exchange.path.slice(path.length), body };
}

/** The same answer with the addresses that the sharee has. */
export function asSharee(answer: Answer, { path, collection }: Share): Answer {
  const own = collectionPath(collection);
  const headers = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll(own, path) : value,
    ]),
  );
  const isXml = answer.status === 207 || answer.status === 403;
  if (!isXml || answer.body === undefined) return { ...answer, headers };
  return { ...answer, headers, body: wholeBody(answer).toString('utf8').replaceAll(own, path) };
}

/** The inner XML of `{http://owncloud.org/ns}invite`, for the owner; undefined where nothing is shared. */
export function inviteOf(site: Site, collection: Collection): string | undefined {
  const shares = sharesOn(site).filter((share) => share.collection === collection);
  if (shares.length === 0) return undefined;
  const o = (name: string, inner = ''): string => element(OWNCLOUD, name, inner);
  return shares
    .map(({ sharee }) =>
      o('user', href(`principal:principals/users/${segment(sharee.user)}`) + o('access', o('read-write'))),
    )
    .join('');
}
