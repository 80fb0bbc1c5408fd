import { refuse } from '../http/answer.ts';
import type { Principal } from '../store/model.ts';
import { element, href, DAV } from '../xml/names.ts';
import { ownerOf, type Missing, type Resource } from '../paths.ts';
import type { Site } from '../site.ts';

export const mayRead = (actor: Principal, owner: Principal | null): boolean =>
  owner === null || actor.admin || owner.user === actor.user;

export const mayWrite = (site: Site, actor: Principal, owner: Principal | null): boolean =>
  owner !== null && !site.personality.readOnly && mayRead(actor, owner);

function needPrivilege(path: string, privilege: string, reason: string): never {
  const resource = href(path) + element(DAV, 'privilege', element(DAV, privilege));
  throw refuse(403, element(DAV, 'need-privileges', element(DAV, 'resource', resource)), reason);
}

/** Refuses with DAV:need-privileges (RFC 3744 §7.1.1) who may not read here. */
export function requireRead(actor: Principal, target: Resource | Missing, path: string): void {
  if (mayRead(actor, ownerOf(target))) return;
  needPrivilege(path, 'read', `${actor.user} may not read here.`);
}

/** Refuses with DAV:need-privileges who may not write here. */
export function requireWrite(site: Site, actor: Principal, target: Resource | Missing, path: string): void {
  if (mayWrite(site, actor, ownerOf(target))) return;
  const reason = site.personality.readOnly ? 'This server is read-only.' : `${actor.user} may not write here.`;
  needPrivilege(path, 'write', reason);
}
