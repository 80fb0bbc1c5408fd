import { withoutEnd } from '../../../../shared/model/text.ts';
import { hrefIn } from './calendar-info.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { childOf, childrenOf, DAV, type XmlElement } from '../answers/xml.ts';

const CALENDARSERVER = 'http://calendarserver.org/ns/';

/** Somebody else who may use a calendar. */
export interface Share {
  /** Address or principal, as the server writes it. */
  readonly who: string;
  readonly write: boolean;
}

/** Properties in which servers say with whom a calendar is shared. */
export const SHARE_PROPS = ['S:invite', 'D:invite', 'D:acl', 'D:owner'] as const;

/**
 * With whom a calendar is shared: Apple's sharing (`CS:invite`), its successor (`DAV:invite`), else the access list
 * (RFC 3744 §5.5) without its owner and what every calendar has.
 */
export function sharesOf(response: DavResponse): readonly Share[] {
  const apple = childrenOf(propOf(response, CALENDARSERVER, 'invite'), CALENDARSERVER, 'user').map((user) => ({
    who: hrefIn(user) ?? childOf(user, CALENDARSERVER, 'common-name')?.text.trim() ?? '',
    write: childOf(childOf(user, CALENDARSERVER, 'access'), CALENDARSERVER, 'read-write') !== null,
  }));
  const dav = childrenOf(propOf(response, DAV, 'invite'), DAV, 'sharee').map((sharee) => ({
    who: hrefIn(sharee) ?? '',
    write: childOf(childOf(sharee, DAV, 'share-access'), DAV, 'read-write') !== null,
  }));
  const invited = [...apple, ...dav].filter(({ who }) => who !== '');
  return invited.length > 0 ? invited : grantsOf(response);
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
