import { describe, expect, it } from 'vitest';
import { STANDARD_MODES, type SchedulingMode } from '../../../shared/model/scheduling.ts';
import type { ServerEvidence } from '../caldav/types.ts';
import { assess } from './ladder.ts';

const CHECKED = '2026-11-22T10:00:00.000Z';

function evidence(
  tokens: string,
  headers: Record<string, string> = {},
  more: Partial<ServerEvidence> = {},
): ServerEvidence {
  const davTokens = new Set(tokens.split(', '));
  return { davTokens, allow: new Set(), headers, path: '/cal/', checkedAt: CHECKED, ...more };
}

/** As the real servers answer OPTIONS on a calendar; recorded. */
const RADICALE = evidence(
  '1, 2, 3, calendar-access, addressbook, extended-mkcol',
  { server: 'WSGIServer/0.2 CPython/3.11.2' },
  { allow: new Set('DELETE GET HEAD MKCALENDAR MKCOL MOVE OPTIONS POST PROPFIND PROPPATCH PUT REPORT'.split(' ')) },
);
const XANDIKOS = evidence(
  '1, 2, 3, calendar-access, calendar-auto-scheduling, addressbook, extended-mkcol, add-member, sync-collection, quota',
  { server: 'Python/3.11 aiohttp/3.8.4' },
);
const SCHEDULING = '1, 2, 3, access-control, calendar-access, calendar-auto-schedule';
const CYRUS = evidence(SCHEDULING, { server: 'Cyrus-HTTP/3.6.1-Debian-3.6.1-4+deb12u5 Cyrus-SASL/2.1.28' });
const DRAFT = evidence(`${SCHEDULING}, scheduling-controls`);
const UNKNOWN = evidence('1, calendar-access', { server: 'nginx' });

const rungs = (server: ServerEvidence, assume: readonly 'no-mail-hook'[] = []): readonly string[] =>
  (['all', 'none', 'internal-only', 'external-only'] as const).map(
    (mode) => assess({ server, assume }).verdict(mode, ['create', 'update']).rung,
  );

describe('the capability ladder', () => {
  // In the order all, none, internal-only, external-only.
  it.each([
    ['announces the token', DRAFT, [], ['advertised', 'advertised', 'advertised', 'advertised']],
    ['Cyrus', CYRUS, [], ['plain', 'blocked', 'blocked', 'blocked']],
    ['unknown', UNKNOWN, [], ['plain', 'blocked', 'blocked', 'blocked']],
    ['unknown, with the assumption', UNKNOWN, ['no-mail-hook'], ['plain', 'blocked', 'blocked', 'blocked']],
    ['Cyrus, with the assumption', CYRUS, ['no-mail-hook'], ['plain', 'blocked', 'blocked', 'blocked']],
    ['Radicale', RADICALE, [], ['plain', 'blocked', 'blocked', 'blocked']],
    ['Radicale, confirmed', RADICALE, ['no-mail-hook'], ['no-scheduling', 'no-scheduling', 'no-scheduling', 'blocked']],
    ['Xandikos 0.2', XANDIKOS, [], ['no-scheduling', 'no-scheduling', 'no-scheduling', 'blocked']],
    [
      'Xandikos that schedules',
      evidence('1, calendar-access, calendar-auto-scheduling, calendar-auto-schedule'),
      [],
      ['plain', 'blocked', 'blocked', 'blocked'],
    ],
    ['nothing known', evidence(''), [], ['plain', 'blocked', 'blocked', 'blocked']],
    [
      'a token that only resembles it',
      evidence('x-scheduling-controls, scheduling-controls2'),
      [],
      ['plain', 'blocked', 'blocked', 'blocked'],
    ],
  ] as const)('%s', (_who, server, assume, expected) => {
    expect(rungs(server, assume)).toEqual(expected);
  });

  it('names the server it refuses and what can be done instead', () => {
    const verdict = assess({ server: CYRUS, assume: [] }).verdict('none', ['create']);
    expect(verdict.effective).toBeNull();
    expect(verdict.because).toBe(
      'This is Cyrus 3.6.1; it does not announce scheduling-controls. It would ignore the request to stay quiet, and tell everybody.',
    );
    expect(verdict.alternatives.length).toBeGreaterThan(1);
    expect(verdict.checkedAt).toBe(CHECKED);
  });

  it('asks for the confirmation that Radicale needs', () => {
    const verdict = assess({ server: RADICALE, assume: [] }).verdict('none', ['create']);
    expect(verdict.alternatives[0]).toContain('--assume no-mail-hook');
  });

  it('refuses an extension mode everywhere', () => {
    const mode: SchedulingMode = 'X-quiet';
    for (const server of [DRAFT, CYRUS, XANDIKOS]) {
      expect(assess({ server, assume: [] }).verdict(mode, ['create']).effective).toBeNull();
    }
  });

  it('lets the weakest method decide', () => {
    const capability = assess({ server: DRAFT, assume: [] });
    expect(capability.verdict('none', ['create', 'delete']).effective).toBe('none');
    expect(capability.verdict('none', ['create', 'delete-collection']).effective).toBeNull();
  });

  it.each([
    ['sabre', evidence(SCHEDULING, { 'x-sabre-version': '4.6.0' }), 'sabre/dav 4.6.0'],
    ['Nextcloud', evidence(`${SCHEDULING}, nc-calendar-search, oc-resource-sharing`), 'Nextcloud'],
    ['DAViCal', evidence(SCHEDULING, { 'x-davical-version': 'DAViCal/1.1.12; DB/1.3.5' }), 'DAViCal 1.1.12'],
    ['SOGo', evidence(SCHEDULING, {}, { path: '/SOGo/dav/alice/Calendar/personal/' }), 'SOGo'],
    ['nobody', UNKNOWN, null],
  ] as const)('recognises %s', (_name, server, product) => {
    expect(assess({ server, assume: [] }).product).toBe(product);
  });
});

describe('headers of a write', () => {
  const draft = assess({ server: DRAFT, assume: [] });

  it.each(STANDARD_MODES)('sends %s where it is announced, on every method', (mode) => {
    for (const method of ['create', 'update', 'delete', 'proppatch'] as const) {
      expect(draft.headers(mode, method, null)).toEqual({ Scheduling: mode });
    }
  });

  it('adds the address to act as', () => {
    expect(draft.headers('none', 'create', 'mailto:a@b.test')).toEqual({
      Scheduling: 'none',
      'Schedule-User-Address': 'mailto:a@b.test',
    });
  });

  it('never lets a second header through', () => {
    expect(() => draft.headers('none', 'create', 'mailto:a@b.test\r\nScheduling: all')).toThrow('line breaks');
  });

  it('sends nothing where it would not be understood', () => {
    expect(assess({ server: CYRUS, assume: [] }).headers('all', 'create', null)).toEqual({});
    expect(assess({ server: XANDIKOS, assume: [] }).headers('none', 'create', 'mailto:a@b.test')).toEqual({});
  });

  it('throws for a blocked mode', () => {
    expect(() => assess({ server: CYRUS, assume: [] }).headers('none', 'create', null)).toThrow('does not announce');
  });
});

describe('the choice of identity', () => {
  const fixed = { kind: 'fixed', address: 'mailto:a@b.test' } as const;
  it.each([
    ['server decides, anywhere', CYRUS, { kind: 'server' }, false, false],
    ['fixed, announced', DRAFT, fixed, true, false],
    ['match, announced', DRAFT, { kind: 'match' }, true, false],
    ['fixed, not announced', CYRUS, fixed, false, true],
    ['match, not announced', CYRUS, { kind: 'match' }, false, false],
    ['fixed, no scheduling', XANDIKOS, fixed, false, false],
  ] as const)('%s', (_what, server, choice, sent, refused) => {
    const verdict = assess({ server, assume: [] }).identity(choice);
    expect([verdict.sent, verdict.refused !== null]).toEqual([sent, refused]);
  });
});
