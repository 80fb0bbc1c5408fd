import { expect, it } from 'vitest';
import type { ServerEvidence } from '../caldav/types.ts';
import { storesAnyDate } from './date-rules.ts';

const server = (name: string): ServerEvidence => ({
  davTokens: new Set(),
  allow: new Set(),
  headers: { server: name },
  checkedAt: '2026-11-22T00:00:00Z',
});

it('knows who stores what lies beyond the dates that it announces; all others are taken at their word', () => {
  expect(['Cyrus-HTTP/3.6.1', 'CalendarServer/9.2', 'nginx'].map((name) => storesAnyDate(server(name)))).toEqual([
    true,
    false,
    false,
  ]);
});
