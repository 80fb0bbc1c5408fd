import { withoutEnd } from '../../../../shared/text/text.ts';
import { hrefIn } from './calendar-info.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { childOf, childrenOf, DAV, type XmlElement } from '../answers/xml.ts';

const CALENDARSERVER = 'http://calendarserver.org/ns/';
const OWNCLOUD = 'http://owncloud.org/ns';

/** Somebody else who may use a calendar. */
export interface Share {
  /** Address or principal, as the server writes it. */
  readonly who: string;
  readonly write: boolean;
}

/** Properties in which servers say with whom a calendar is shared. */
export const SHARE_PROPS = ['S:invite', 'D:invite', 'O:invite', 'D:acl', 'D:owner'] as const;

/**
 * With whom a calendar is shared, each once and without its owner: Apple's sharing (`CS:invite`), its successor
 * (`DAV:invite`) and Nextcloud's own (`oc:invite`, apps/dav/lib/DAV/Sharing/Xml/Invite.php), else the access list
 * (RFC 3744 §5.5) without what every calendar has.
 */
export function sharesOf(response: DavResponse): readonly Share[] {
  const owner = trimmed(hrefIn(propOf(response, DAV, 'owner')) ?? '');
  const sharees = childrenOf(propOf(response, DAV, 'invite'), DAV, 'sharee');
  const dav = sharees.flatMap((sharee) => {
    const access = childOf(sharee, DAV, 'share-access');
    if (childOf(access, DAV, 'shared-owner') !== null) return [];
    return [{ who: hrefIn(sharee) ?? '', write: childOf(access, DAV, 'read-write') !== null }];
  });
  const invited = [...invitedBy(response, CALENDARSERVER), ...dav, ...invitedBy(response, OWNCLOUD)];
  const others = invited.filter(({ who }) => who !== '' && personKey(who) !== personKey(owner));
  return others.length > 0 ? each(others) : grantsOf(response);
}

/** `invite` as Apple's draft has it, in its namespace or in one that took it over. */
function invitedBy(response: DavResponse, namespace: string): readonly Share[] {
  return childrenOf(propOf(response, namespace, 'invite'), namespace, 'user').map((user) => ({
    who: hrefIn(user) ?? childOf(user, namespace, 'common-name')?.text.trim() ?? '',
    write: childOf(childOf(user, namespace, 'access'), namespace, 'read-write') !== null,
  }));
}

/** Each once; whoever may write by one of the lists may write. */
function each(shares: readonly Share[]): readonly Share[] {
  const found = new Map<string, Share>();
  for (const { who, write } of shares) {
    const key = personKey(who);
    const before = found.get(key);
    found.set(key, { who: before?.who ?? who, write: write || before?.write === true });
  }
  return [...found.values()];
}

/** `principal:principals/users/bob` and the path of that principal are one person. */
function personKey(who: string): string {
  return trimmed(who.replace(/^principal:/, ''))
    .replace(/^.*\/?(?=principals\/)/, '')
    .toLowerCase();
}

function grantsOf(response: DavResponse): readonly Share[] {
  const owner = trimmed(hrefIn(propOf(response, DAV, 'owner')) ?? '');
  const found = new Map<string, Share>();
  for (const ace of childrenOf(propOf(response, DAV, 'acl'), DAV, 'ace')) {
    if (childOf(ace, DAV, 'inherited') !== null || childOf(ace, DAV, 'protected') !== null) continue;
    const who = hrefIn(childOf(ace, DAV, 'principal'));
    const grant = childOf(ace, DAV, 'grant');
    if (who === null || grant === null || trimmed(who) === owner) continue;
    const write = (found.get(who)?.write ?? false) || privilegesOf(grant).some((name) => WRITING.includes(name));
    found.set(who, { who, write });
  }
  return [...found.values()];
}

const WRITING = ['all', 'write', 'write-content', 'bind'];

function privilegesOf(grant: XmlElement): readonly string[] {
  return childrenOf(grant, DAV, 'privilege').flatMap(({ children }) => children.map(({ name }) => name));
}

function trimmed(href: string): string {
  return withoutEnd(href, '/');
}
