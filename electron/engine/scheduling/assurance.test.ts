import { describe, expect, it } from 'vitest';
import {
  STANDARD_MODES,
  type CanaryProof,
  type SchedulingMode,
  type Verdict,
  type WriteMethod,
} from '../../../shared/model/scheduling.ts';
import type { ServerEvidence } from '../caldav/types.ts';
import { assess } from './assurance.ts';
import { PROFILES } from './profiles/all.ts';
import { withWorkaround } from './workaround.ts';

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
const XANDIKOS_TOKENS =
  '1, 2, 3, calendar-access, calendar-auto-scheduling, addressbook, extended-mkcol, add-member, sync-collection, quota';
const XANDIKOS_METHODS = 'DELETE GET HEAD MKCALENDAR MKCOL OPTIONS POST PROPFIND PROPPATCH PUT REPORT'.split(' ');
const XANDIKOS = evidence(
  XANDIKOS_TOKENS,
  { server: 'Python/3.11 aiohttp/3.8.4' },
  { allow: new Set(XANDIKOS_METHODS) },
);
const SCHEDULING = '1, 2, 3, access-control, calendar-access, calendar-auto-schedule';
const CYRUS = evidence(SCHEDULING, { server: 'Cyrus-HTTP/3.6.1-Debian-3.6.1-4+deb12u5 Cyrus-SASL/2.1.28' });
const cyrus = (version: string): ServerEvidence => evidence(SCHEDULING, { server: `Cyrus-HTTP${version}` });
const DAVICAL = evidence(SCHEDULING, { 'x-davical-version': 'DAViCal/1.1.12; DB/1.3.5' });
const SOGO = evidence(SCHEDULING, {}, { path: '/SOGo/dav/alice/Calendar/personal/' });
const STALWART = evidence(
  '1, 2, 3, access-control, extended-mkcol, calendar-access, calendar-auto-schedule, calendar-no-timezone, addressbook',
  {},
  {
    allow: new Set(
      'OPTIONS GET HEAD POST PUT DELETE COPY MOVE MKCALENDAR MKCOL PROPFIND PROPPATCH LOCK UNLOCK REPORT ACL'.split(
        ' ',
      ),
    ),
  },
);
const SABRE = evidence(SCHEDULING, { 'x-sabre-version': '4.6.0' });
const DRAFT = evidence(`${SCHEDULING}, scheduling-controls`);
const UNKNOWN = evidence('1, calendar-access', { server: 'nginx' });

const assurances = (server: ServerEvidence, assume: readonly 'no-mail-hook'[] = []): readonly string[] =>
  (['all', 'none', 'internal-only', 'external-only'] as const).map(
    (mode) => assess({ server, assume }).verdict(mode, ['create', 'update']).assurance,
  );

describe('the assurance', () => {
  // In the order all, none, internal-only, external-only.
  it.each([
    ['announces the token', DRAFT, [], ['advertised', 'advertised', 'advertised', 'advertised']],
    ['Cyrus', CYRUS, [], ['plain', 'known', 'blocked', 'blocked']],
    ['Cyrus that hides its version', cyrus(''), [], ['plain', 'blocked', 'blocked', 'blocked']],
    ['Cyrus before the header', cyrus('/2.5.0'), [], ['plain', 'blocked', 'blocked', 'blocked']],
    ['Cyrus of tomorrow', cyrus('/3.14.0'), [], ['plain', 'blocked', 'blocked', 'blocked']],
    ['DAViCal', DAVICAL, [], ['plain', 'blocked', 'blocked', 'blocked']],
    ['unknown', UNKNOWN, [], ['plain', 'blocked', 'blocked', 'blocked']],
    ['unknown, with the assumption', UNKNOWN, ['no-mail-hook'], ['plain', 'blocked', 'blocked', 'blocked']],
    ['DAViCal, with the assumption', DAVICAL, ['no-mail-hook'], ['plain', 'blocked', 'blocked', 'blocked']],
    ['Radicale', RADICALE, [], ['plain', 'blocked', 'blocked', 'blocked']],
    ['Radicale, confirmed', RADICALE, ['no-mail-hook'], ['noScheduling', 'noScheduling', 'noScheduling', 'blocked']],
    ['Xandikos 0.2', XANDIKOS, [], ['noScheduling', 'noScheduling', 'noScheduling', 'blocked']],
    [
      'Xandikos that has COPY and MOVE',
      evidence(XANDIKOS_TOKENS, {}, { allow: new Set([...XANDIKOS_METHODS, 'COPY', 'MOVE']) }),
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
    expect(assurances(server, assume)).toEqual(expected);
  });

  it('names the server it refuses and what can be done instead', () => {
    const verdict = assess({ server: DAVICAL, assume: [] }).verdict('none', ['create']);
    expect(verdict.effective).toBeNull();
    expect(verdict.because).toBe(
      'This is DAViCal 1.1.12; it does not advertise scheduling-controls, and this version is not known to notify only whom it is asked to when events are added.',
    );
    expect(verdict.alternatives.length).toBeGreaterThan(1);
    expect(verdict.checkedAt).toBe(CHECKED);
  });

  it('asks for the confirmation that Radicale needs', () => {
    const verdict = assess({ server: RADICALE, assume: [] }).verdict('none', ['create']);
    expect(verdict.assumable).toEqual(['no-mail-hook']);
    const known = assess({ server: RADICALE, assume: ['no-mail-hook'] }).verdict('none', ['create']);
    expect(known).toMatchObject({ effective: 'none', workarounds: [] });
    expect(known.assumable).toBeUndefined();
    expect(assess({ server: DAVICAL, assume: [] }).verdict('none', ['create']).assumable).toEqual([]);
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

const BUNDLE = {
  Scheduling: 'none',
  'Scheduling-Enabled': 'F',
  'Schedule-Reply': 'F',
  'X-NC-Scheduling': 'false',
  'OC-CalDav-Import': 'true',
  'Bw-NoInvites': 'true',
};

describe('servers that are known', () => {
  const none = (server: ServerEvidence, methods: readonly WriteMethod[]): Verdict =>
    assess({ server, assume: [] }).verdict('none', methods);

  it('keeps quiet on Cyrus by its own header, says why, and so will an undo', () => {
    const verdict = none(CYRUS, ['create', 'update', 'delete']);
    expect(verdict).toMatchObject({ effective: 'none', assurance: 'known', alternatives: [] });
    expect(verdict.because).toBe('This is Cyrus 3.6.1, which honours Scheduling-Enabled: F.');
    expect(verdict.evidence?.join(' ')).toContain('run against Cyrus 3.6.1');
    expect(verdict.undo).toContain('notifies nobody either');
    expect(assess({ server: CYRUS, assume: [] }).headers('none', 'delete', 'mailto:a@b.test')).toEqual({
      ...BUNDLE,
      'Schedule-Address': 'mailto:a@b.test',
    });
  });

  it.each([
    ['sabre/dav 2.1', '2.1.0', true],
    ['sabre/dav 4', '4.7.0', true],
    ['sabre/dav before the extension', '2.0.9', false],
    ['sabre/dav of tomorrow', '5.0.0', false],
  ])('%s', (_name, version, quiet) => {
    const server = evidence(SCHEDULING, { 'x-sabre-version': version });
    expect(none(server, ['create', 'update', 'delete']).effective === 'none').toBe(quiet);
  });

  const nextcloud = (version: string | null): ServerEvidence =>
    evidence(`${SCHEDULING}, nc-calendar-search`, {}, { statusPage: { product: 'Nextcloud', version } });
  const methods = ['create', 'update', 'delete', 'delete-collection'] as const;

  it.each([
    ['27.1.0', false],
    ['28.0.2', true],
    ['29.0.1', false],
    ['30.0.1', true],
    ['32.0.9', true],
    ['34.0.1', true],
    ['35.0.0', false],
    [null, false],
  ])('Nextcloud %s keeps quiet on every method: %s', (version, kept) => {
    for (const method of methods) expect(none(nextcloud(version), [method]).effective === 'none').toBe(kept);
  });

  it('says of a Nextcloud that hides its version that this is why', () => {
    expect(none(nextcloud(null), ['create']).because).toBe(
      'This is Nextcloud; it does not advertise scheduling-controls and does not name its version: some versions notify only whom they are asked to, and this may be another.',
    );
    expect(none(nextcloud(null), ['create']).provable).toBe(true);
  });

  it('says where the quiet ends: Stalwart deletes silently and adds aloud', () => {
    expect(none(STALWART, ['delete']).effective).toBe('none');
    expect(none(STALWART, ['delete']).undo).toContain('cannot be silent: it adds what was deleted');
    expect(none(STALWART, ['create', 'delete']).because).toContain(
      'keep quiet when events are deleted, but not when they are added',
    );
  });

  it.each([
    ['Bedework', evidence(SCHEDULING, {}, { path: '/ucaldav/user/a/' })],
    ['Apple', evidence(SCHEDULING, { server: 'CalendarServer/9.3' })],
    ['SOGo', SOGO],
    ['Google', evidence(SCHEDULING, {}, { path: '/caldav/v2/a/events/' })],
  ])('%s is not known to keep quiet', (_name, server) => {
    for (const method of ['create', 'update', 'delete'] as const)
      expect(none(server, [method]).assurance).toBe('blocked');
  });

  it('keeps all modes on Open-Xchange, whose tokens tell that it can', () => {
    const tokens = `${SCHEDULING}, calendarserver-recurrence-split, calendarserver-private-events`;
    const ox = evidence(tokens, { server: 'Openexchange WebDAV' });
    const capability = assess({ server: ox, assume: [] });
    for (const mode of STANDARD_MODES) expect(capability.verdict(mode, ['create', 'delete']).assurance).toBe('known');
    expect(capability.headers('internal-only', 'create', null)).toEqual({ Scheduling: 'internal-only' });
    const older = evidence(SCHEDULING, { server: 'Openexchange WebDAV' });
    expect(assess({ server: older, assume: [] }).verdict('none', ['create']).assurance).toBe('blocked');
  });

  it('needs evidence for every row, and a version for every row that counts', () => {
    for (const { honours } of PROFILES) {
      for (const { evidence: words, headers, versions, proofs } of honours.map((row) => ({
        ...row,
        headers: row.by,
      }))) {
        expect(words).toMatch(/\(.+\)|run against|by its changelog/);
        expect(headers === null || headers.length > 0).toBe(true);
        if (versions !== 'recognised') expect(versions.every(({ from }) => /^\d/.test(from))).toBe(true);
        expect(proofs.length).toBeGreaterThan(0);
      }
    }
  });

  it('offers what Cyrus, DAViCal and sabre have besides', () => {
    expect(none(CYRUS, ['create']).workarounds).toEqual(['collection-switch', 'client-agent']);
    expect(none(CYRUS, ['create', 'delete']).workarounds).toEqual(['collection-switch']);
    expect(none(DAVICAL, ['create']).workarounds).toEqual(['client-agent']);
    expect(none(SOGO, ['create']).workarounds).toEqual([]);
    expect(none(evidence(SCHEDULING, { server: 'CalendarServer/9.3' }), ['create']).workarounds).toEqual([]);
  });
});

describe('a canary', () => {
  const proof: CanaryProof = {
    origin: 'https://dav.test',
    product: null,
    owner: 'mailto:a@b.test',
    control: true,
    create: true,
    update: true,
    seen: ['It was seen.'],
    at: CHECKED,
    expiresAt: '2026-11-29T10:00:00.000Z',
  };
  const assurance = (
    over: Partial<CanaryProof>,
    methods: readonly WriteMethod[],
    mode: SchedulingMode = 'none',
  ): string => assess({ server: UNKNOWN, assume: [], proof: { ...proof, ...over } }).verdict(mode, methods).assurance;

  it('proves none on what it tried, and nothing else', () => {
    expect(assurance({}, ['create', 'update'])).toBe('proved');
    expect(assurance({}, ['create', 'delete'])).toBe('blocked');
    expect(assurance({}, ['delete-collection'])).toBe('blocked');
    expect(assurance({ update: false }, ['create'])).toBe('proved');
    expect(assurance({ update: false }, ['update'])).toBe('blocked');
    expect(assurance({}, ['create'], 'internal-only')).toBe('blocked');
    expect(assurance({ control: false }, ['create'])).toBe('blocked');
  });

  it('is not contradicted where only some people should be notified', () => {
    const { because } = assess({ server: UNKNOWN, assume: [], proof }).verdict('external-only', ['create']);
    expect(because).toMatch(/showed that it can notify nobody; whether it can notify only some people is not known/);
    const blocked = assess({ server: UNKNOWN, assume: [], proof }).verdict('none', ['create', 'delete']).because;
    expect(blocked).toMatch(/known to keep quiet when events are added, but not when they are deleted/);
  });

  it('counts more than what a server announces or is known for', () => {
    const disproof: CanaryProof = { ...proof, create: false, update: false };
    for (const server of [DRAFT, CYRUS]) {
      const capability = assess({ server, assume: [], proof: disproof });
      for (const mode of ['none', 'internal-only', 'external-only'] as const) {
        expect(capability.verdict(mode, ['create']).assurance).toBe('blocked');
      }
      expect(capability.verdict('all', ['create']).effective).toBe('all');
    }
  });

  it('of an update that was told about counts for deleting as well, which leaves nothing to read', () => {
    const disproof: CanaryProof = { ...proof, update: false };
    for (const server of [DRAFT, CYRUS]) {
      const capability = assess({ server, assume: [], proof: disproof });
      expect(capability.verdict('none', ['delete']).assurance).toBe('blocked');
      expect(capability.verdict('none', ['delete-collection']).assurance).toBe('blocked');
      expect(capability.verdict('none', ['create']).effective).toBe('none');
    }
  });

  it('can be asked where it may show something', () => {
    const provable = (server: ServerEvidence, methods: readonly WriteMethod[]): boolean | undefined =>
      assess({ server, assume: [] }).verdict('none', methods).provable;
    expect(provable(UNKNOWN, ['create', 'update'])).toBe(true);
    expect(provable(UNKNOWN, ['delete'])).toBe(false);
    expect(provable(SOGO, ['create'])).toBe(false);
    expect(provable(CYRUS, ['create'])).toBe(false);
  });

  it('sends the bundle where it proved something', () => {
    expect(assess({ server: UNKNOWN, assume: [], proof }).headers('none', 'create', null)).toEqual(BUNDLE);
  });
});

describe('headers of a write', () => {
  const draft = assess({ server: DRAFT, assume: [] });

  it.each(STANDARD_MODES)('sends %s where it is announced, on every method', (mode) => {
    for (const method of ['create', 'update', 'delete', 'proppatch'] as const) {
      expect(draft.headers(mode, method, null)).toEqual(mode === 'none' ? BUNDLE : { Scheduling: mode });
    }
  });

  it('adds the address to act as', () => {
    expect(draft.headers('none', 'create', 'mailto:a@b.test')).toEqual({
      ...BUNDLE,
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

  it('sends the bundle along with a chosen workaround, in case somebody else undoes it in the middle', () => {
    for (const workaround of ['collection-switch', 'client-agent'] as const) {
      const capability = withWorkaround(assess({ server: CYRUS, assume: [] }), workaround);
      expect(capability.headers('none', 'create', null)).toEqual(BUNDLE);
      expect(capability.headers('none', 'create', 'mailto:a@b.test')).toEqual({
        ...BUNDLE,
        'Schedule-Address': 'mailto:a@b.test',
      });
    }
  });

  it('throws for a blocked mode', () => {
    expect(() => assess({ server: DAVICAL, assume: [] }).headers('none', 'create', null)).toThrow('does not advertise');
  });
});

describe('the choice of identity', () => {
  const fixed = { kind: 'fixed', address: 'mailto:a@b.test' } as const;
  it.each([
    ['server decides, anywhere', CYRUS, { kind: 'server' }, false, false],
    ['fixed, announced', DRAFT, fixed, true, false],
    ['match, announced', DRAFT, { kind: 'match' }, true, false],
    ['fixed, Cyrus', CYRUS, fixed, true, false],
    ['match, Cyrus', CYRUS, { kind: 'match' }, true, false],
    ['fixed, Cyrus of an unknown version', cyrus(''), fixed, false, true],
    ['fixed, not announced', SABRE, fixed, false, true],
    ['match, not announced', SABRE, { kind: 'match' }, false, false],
    ['fixed, no scheduling', XANDIKOS, fixed, false, false],
  ] as const)('%s', (_what, server, choice, sent, refused) => {
    const verdict = assess({ server, assume: [] }).identity(choice);
    expect([verdict.sent, verdict.refused !== null]).toEqual([sent, refused]);
  });
});
