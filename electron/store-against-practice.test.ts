import { afterEach, describe, expect, it } from 'vitest';
import { discover } from './engine/caldav/discovery/discover.ts';
import { openStore } from './engine/caldav/objects/store.ts';
import { conformance, sampleEvent } from './engine/caldav/objects/store.conformance.ts';
import type { CalendarStore, Connection } from './engine/caldav/types.ts';
import { startPractice, type PracticeServer } from './practice/server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(
  personality = 'default',
): Promise<{ practice: PracticeServer; store: CalendarStore; login: Connection }> {
  const practice = await startPractice({ personality, samples: false });
  const alice = practice.info.users.find((one) => one.user === 'alice');
  if (alice === undefined) throw new Error('There is no alice.');
  const { base_url: url } = practice.info;
  const login: Connection = { url, user: 'alice', password: () => Promise.resolve(alice.password), concurrency: 4 };
  const store = openStore(new URL(alice.calendar, url).href, login);
  open.push(practice, store);
  return { practice, store, login };
}

describe.each(['default', 'noScheduling', 'ignores-header'])(
  'a calendar of the practice server (%s)',
  (personality) => {
    it.each(conformance().map((one) => [one.name, one] as const))('%s', async (_name, one) => {
      await one.run((await serve(personality)).store);
    });
  },
);

describe('a practice server that writes in its own words', () => {
  it.each(conformance({ rewrites: true }).map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    await one.run((await serve('rewrites-bodies')).store);
  });
});

describe('the practice server', () => {
  it('is found by its bare address', async () => {
    const { login, store } = await serve();
    const account = await discover(login);
    expect(account.calendars.map((calendar) => calendar.url)).toContain(store.url);
    expect(account.addresses[0]).toBe('mailto:alice@example.com');
    expect(account.evidence.davTokens.has('scheduling-controls')).toBe(true);
  });

  it.each(['weak-etag', 'no-etag'])('%s: nothing stands in for a tag that guards', async (personality) => {
    const { store } = await serve(personality);
    const result = await store.put(store.newHref('u'), sampleEvent('u', 'x'), { kind: 'absent' }, {});
    expect(result).toMatchObject({ kind: 'done', etag: null });
    expect((await store.list()).objects.map((object) => object.etag)).toEqual([null]);
  });

  it.each([
    ['mode', { Scheduling: 'bogus' }, 501],
    ['address', { 'Schedule-User-Address': 'mailto:eve@evil.test' }, 403],
    ['malformed address', { 'Schedule-User-Address': 'no-uri' }, 400],
  ])('a refused %s stops the job', async (_what, headers, status) => {
    const { store } = await serve();
    const result = await store.put(store.newHref('u'), sampleEvent('u', 'x'), { kind: 'absent' }, headers);
    expect(result).toMatchObject({ kind: 'refused', reaction: 'stop-job', status });
    expect(await store.list()).toEqual({ objects: [], unseen: [] });
  });

  it.each([
    [{ method: 'PUT', status: 429, retryAfter: 3 }, { kind: 'later', seconds: 3 }, 0],
    [{ method: 'PUT', status: 503 }, { kind: 'later' }, 0],
    [{ method: 'PUT', status: 507 }, { kind: 'refused', reaction: 'stop-job' }, 0],
    [{ method: 'PUT', cut: 'before' }, { kind: 'lost' }, 0],
    [{ method: 'PUT', cut: 'after' }, { kind: 'lost' }, 1],
  ] as const)('fault %o', async (fault, expected, stored) => {
    const { practice, store } = await serve();
    practice.setFaults([fault]);
    const result = await store.put(store.newHref('u'), sampleEvent('u', 'x'), { kind: 'absent' }, {});
    expect(result).toMatchObject(expected);
    expect((await store.list()).objects).toHaveLength(stored);
  });

  it.each(['PROPFIND', 'REPORT', 'GET'])('reads on when a %s is cut in its body', async (method) => {
    const { practice, store } = await serve();
    const href = store.newHref('u');
    await store.put(href, sampleEvent('u', 'x'), { kind: 'absent' }, {});
    practice.setFaults([{ method, cut: 'body' }]);
    expect((await store.list()).objects).toHaveLength(1);
    for await (const [object] of store.fetch([href])) expect(object?.text).toContain('SUMMARY:x');
    expect((await store.get(href))?.bytes).toEqual(sampleEvent('u', 'x'));
  });
});
