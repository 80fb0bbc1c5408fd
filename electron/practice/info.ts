import { controlPath } from './http/control.ts';
import { homePath, principalPath } from './paths.ts';
import type { Site } from './site.ts';
import { DEFAULT_CALENDAR } from './store/store.ts';

/** What a program needs to use the server; paths are absolute, to be joined with `base_url`. */
export interface PracticeInfo {
  readonly server: 'hushcal-practice';
  readonly version: string;
  readonly pid: number;
  readonly base_url: string;
  readonly well_known: string;
  readonly scheduling: boolean;
  readonly personality: string;
  /** Where captured messages are read and cleared; a token is part of it. The other controls stand beside it. Empty: none. */
  readonly messages_url: string;
  readonly admin: { readonly user: string; readonly password: string; readonly principal: string };
  readonly users: readonly {
    readonly user: string;
    readonly password: string;
    readonly email: string;
    readonly addresses: readonly string[];
    readonly principal: string;
    readonly calendar_home: string;
    readonly calendar: string;
    readonly inbox: string;
    readonly outbox: string;
  }[];
}

/** Version of the practice server's behaviour, told to clients as well. */
const VERSION = '1.0';

const mail = (address: string): string => address.replace(/^mailto:/, '');

export function infoOf(site: Site, baseUrl: string, password: string, token: string | null): PracticeInfo {
  const principals = [...site.store.principals.values()];
  const admin = principals.find((p) => p.admin);
  return {
    server: 'hushcal-practice',
    version: VERSION,
    pid: process.pid,
    base_url: baseUrl,
    well_known: '/.well-known/caldav',
    scheduling: site.personality.schedules,
    personality: site.personality.name,
    messages_url: token === null ? '' : `${baseUrl}${controlPath(token)}messages`,
    admin: { user: admin?.user ?? '', password, principal: admin === undefined ? '' : principalPath(admin) },
    users: principals
      .filter((p) => !p.admin)
      .map((p) => ({
        user: p.user,
        password,
        email: mail(p.addresses[0] ?? ''),
        addresses: p.addresses,
        principal: principalPath(p),
        calendar_home: homePath(p),
        calendar: `${homePath(p)}${DEFAULT_CALENDAR}/`,
        inbox: `${homePath(p)}inbox/`,
        outbox: `${homePath(p)}outbox/`,
      })),
  };
}
