import type { Exchange } from '../http/exchange.ts';

/** The requests by which a client reads, each named for what it is for. */
export const REQUESTS = [
  'options',
  'principal',
  'home',
  'properties',
  'list',
  'query',
  'multiget',
  'sync',
  'get',
] as const;
export type RequestKind = (typeof REQUESTS)[number];

const HOME = /^\/+dav\/+calendars\/+[^/]+\/*$/;
const IN_HOME = /^\/+dav\/+calendars\/+[^/]+\/+./;
const REPORTS: Readonly<Record<string, RequestKind>> = {
  'calendar-query': 'query',
  'calendar-multiget': 'multiget',
  'sync-collection': 'sync',
};

/**
 * What a request asks for; null for writes and for what none of the names fits.
 *
 * `principal` is every PROPFIND outside the homes; `home` and `list` are those of depth 1 on a home and below it,
 * `properties` those of depth 0.
 */
export function requestKind({ method, path, header, body }: Exchange): RequestKind | null {
  switch (method) {
    case 'OPTIONS':
      return 'options';
    case 'GET':
    case 'HEAD':
      return path.startsWith('/dav/') ? 'get' : null;
    case 'REPORT':
      return REPORTS[/<(?:[\w.-]+:)?([\w-]+)[\s>]/.exec(body.toString('utf8'))?.[1] ?? ''] ?? null;
    case 'PROPFIND': {
      const isHome = HOME.test(path);
      if (!isHome && !IN_HOME.test(path)) return 'principal';
      if (header('depth')?.trim() === '0') return 'properties';
      return isHome ? 'home' : 'list';
    }
    default:
      return null;
  }
}

/** The name in a path as a person reads it: its last segment, decoded where it can be. */
export function nameIn(path: string): string {
  const last = path.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
