import { describe, expect, it } from 'vitest';
import type { ServerEvidence } from '../caldav/types.ts';
import { takesUidOncePerUser, trashRule } from './uid-rules.ts';

const server = (headers: Readonly<Record<string, string>>, tokens: readonly string[] = []): ServerEvidence => ({
  davTokens: new Set(tokens),
  allow: new Set(),
  headers,
  checkedAt: '2026-11-22T00:00:00Z',
});

describe('how often a server takes a UID', () => {
  it.each(['Cyrus-HTTP/3.6.1', 'CalendarServer/9.2', 'Openexchange WebDAV'])('once per user: %s', (name) => {
    expect(takesUidOncePerUser(server({ server: name }))).toBe(true);
  });

  it.each(['SOGo/5.8', 'nginx'])('once per calendar, or nobody knows: %s', (name) => {
    expect(takesUidOncePerUser(server({ server: name }))).toBe(false);
  });
});

describe('what becomes of a UID in the trash bin', () => {
  const nextcloud = (version: string | null): ServerEvidence => ({
    ...server({}, ['nc-calendar-trashbin']),
    statusPage: { product: 'Nextcloud', version },
  });

  it.each([
    ['22.0.0', 'refuses'],
    ['24.0.10', 'refuses'],
    ['24.0.11', 'unknown'],
    ['25.0.4', 'refuses'],
    ['25.0.13', 'unknown'],
    ['26.0.1', 'unknown'],
    ['27.0.0', 'drops'],
    ['31.0.11', 'drops'],
    ['32.0.1', 'purges'],
    ['34.0.1', 'purges'],
    ['35.0.0', 'refuses'],
    [null, 'unknown'],
  ] as const)('Nextcloud %s: %s', (version, rule) => {
    expect(trashRule(nextcloud(version))).toBe(rule);
  });

  it('knows nothing of other servers with a trash bin', () => {
    expect(trashRule(server({ server: 'nginx' }))).toBe('unknown');
  });
});
