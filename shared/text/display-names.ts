import { lastSegment } from './address.ts';
import type { Behalf } from '../model/login.ts';

/** What a person calls a source: the last part of its path. */
export function sourceName(source: string): string {
  return source === '-' ? 'standard input' : (source.split(/[\\/]+/).findLast((part) => part !== '') ?? source);
}

/** What a person calls the server of a URL: host and port, never a credential. */
export function serverName(url: string): string {
  return new URL(url).host;
}

/** What a person calls a calendar: its name, else the last part of its path. */
export function calendarName(name: string, url: string): string {
  return name.trim() === '' ? lastSegment(url) : name;
}

/** Who logged in and, where that is somebody else, for whom: `admin for anna`. */
export function actorName({ user, behalf }: { readonly user: string; readonly behalf?: Behalf | undefined }): string {
  return loginName({ user }, behalf === undefined || behalf.way === 'own' ? null : behalf.user);
}

/** The same of a server: who logs in there and, where that is an administrator, for whom. */
export function loginName({ user }: { readonly user: string }, forUser: string | null): string {
  return forUser === null ? user : `${user} for ${forUser}`;
}
