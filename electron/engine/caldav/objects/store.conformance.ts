import { strict as assert } from 'node:assert';
import type { CalendarStore, ETag, FetchedObject } from '../types.ts';

/** One thing that every server behind a CalendarStore must do; throws an AssertionError when it does not. */
interface ConformanceCase {
  readonly name: string;
  run(store: CalendarStore): Promise<void>;
}

/** Where servers are known to differ, and a test of them says so. */
interface Allowances {
  /** Objects are stored in other words; only UID and SUMMARY are compared. */
  readonly rewrites?: boolean;
  /** No ETag in the answer to a PUT. */
  readonly noETagOnPut?: boolean;
  /** `If-None-Match: *` is ignored (SOGo). */
  readonly overwrites?: boolean;
}

/**
 * The conformance suite of CalendarStore: run each case against a store on an empty calendar. Cases clean up after
 * themselves.
 */
export function conformance(allow: Allowances = {}): readonly ConformanceCase[] {
  return [
    { name: 'says that it is a calendar', run: isCalendar },
    { name: 'creates, reads back, updates and deletes', run: (store) => lifeCycle(store, allow) },
    { name: 'creates nothing over what is there', run: (store) => createsOnce(store, allow) },
    { name: 'changes nothing that was changed meanwhile', run: guardsChanges },
    { name: 'lists and fetches many, with gaps', run: (store) => manyObjects(store, allow) },
    { name: 'lists UIDs alone, of events and tasks', run: uidsAlone },
    { name: 'takes what is not there for not there', run: missing },
    { name: 'keeps text that XML has to escape', run: escapes },
    { name: 'refuses what is no calendar data, by a value', run: garbage },
  ];
}

/** An event in the far future without guests; `extra` are more content lines. */
export function sampleEvent(uid: string, summary: string, extra: readonly string[] = []): Buffer {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hushcal//conformance//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20310101T100000Z',
    'DTEND:20310101T110000Z',
    `SUMMARY:${summary}`,
    ...extra,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

async function isCalendar(store: CalendarStore): Promise<void> {
  const { info, evidence } = await store.properties();
  assert.equal(info.url, store.url);
  assert.ok(info.components.length === 0 || info.components.includes('VEVENT'));
  assert.ok(evidence.davTokens.has('calendar-access'));
}

async function create(store: CalendarStore, uid: string, body: Buffer): Promise<string> {
  const href = store.newHref(uid);
  const result = await store.put(href, body, { kind: 'absent' }, {});
  assert.equal(result.kind, 'done', JSON.stringify(result));
  return href;
}

async function etagOf(store: CalendarStore, href: string): Promise<ETag> {
  const got = await store.get(href);
  assert.ok(got !== null && got.etag !== null, 'There is no entity tag to guard a write with.');
  return got.etag;
}

async function removeAll(store: CalendarStore, hrefs: readonly string[]): Promise<void> {
  for (const href of hrefs) {
    const result = await store.remove(href, await etagOf(store, href), {});
    assert.equal(result.kind, 'done', JSON.stringify(result));
  }
}

async function lifeCycle(store: CalendarStore, allow: Allowances): Promise<void> {
  const body = sampleEvent('conf-life', 'first');
  const href = await create(store, 'conf-life', body);
  const got = await store.get(href);
  assert.ok(got !== null);
  if (allow.rewrites !== true) assert.ok(got.bytes.equals(body));
  assert.match(got.bytes.toString('utf8'), /SUMMARY:first/);
  const updated = await store.put(
    href,
    sampleEvent('conf-life', 'second'),
    { kind: 'etag', etag: await etagOf(store, href) },
    {},
  );
  assert.ok(updated.kind === 'done', JSON.stringify(updated));
  if (allow.noETagOnPut !== true) assert.ok(updated.etag !== null, 'There is no entity tag in the answer to a PUT.');
  assert.match((await store.get(href))?.bytes.toString('utf8') ?? '', /SUMMARY:second/);
  await removeAll(store, [href]);
  assert.equal(await store.get(href), null);
}

async function createsOnce(store: CalendarStore, allow: Allowances): Promise<void> {
  if (allow.overwrites === true) return;
  const href = await create(store, 'conf-once', sampleEvent('conf-once', 'first'));
  const again = await store.put(href, sampleEvent('conf-once', 'second'), { kind: 'absent' }, {});
  assert.ok(again.kind === 'refused' && again.status === 412, JSON.stringify(again));
  assert.match((await store.get(href))?.bytes.toString('utf8') ?? '', /SUMMARY:first/);
  await removeAll(store, [href]);
}

async function guardsChanges(store: CalendarStore): Promise<void> {
  const href = await create(store, 'conf-guard', sampleEvent('conf-guard', 'first'));
  const old = await etagOf(store, href);
  const change = await store.put(href, sampleEvent('conf-guard', 'second'), { kind: 'etag', etag: old }, {});
  assert.equal(change.kind, 'done', JSON.stringify(change));
  const late = await store.put(href, sampleEvent('conf-guard', 'third'), { kind: 'etag', etag: old }, {});
  assert.ok(late.kind === 'refused' && late.status === 412, JSON.stringify(late));
  const lateDelete = await store.remove(href, old, {});
  assert.ok(lateDelete.kind === 'refused' && lateDelete.status === 412, JSON.stringify(lateDelete));
  assert.match((await store.get(href))?.bytes.toString('utf8') ?? '', /SUMMARY:second/);
  await removeAll(store, [href]);
}

async function manyObjects(store: CalendarStore, allow: Allowances): Promise<void> {
  const hrefs: string[] = [];
  for (let nth = 0; nth < 60; nth += 1) {
    hrefs.push(await create(store, `conf-many-${nth}`, sampleEvent(`conf-many-${nth}`, `event ${nth}`)));
  }
  const { objects: listed, unseen } = await store.list();
  assert.deepEqual(unseen, []);
  assert.deepEqual(listed.map((object) => object.href).sort(), [...hrefs].sort());
  const gone = store.newHref('conf-never');
  const all: FetchedObject[] = [];
  for await (const batch of store.fetch([...hrefs, gone])) all.push(...batch);
  assert.equal(all.length, 61);
  assert.equal(all.find((object) => object.href === gone)?.text, null);
  const tags = new Map(listed.map((object) => [object.href, object.etag]));
  for (const [nth, href] of hrefs.entries()) {
    const object = all.find((one) => one.href === href);
    assert.match(object?.text ?? '', new RegExp(`SUMMARY:event ${nth}\\r?\\n`));
    if (allow.rewrites !== true) assert.equal(object?.etag, tags.get(href));
  }
  await removeAll(store, hrefs);
  assert.deepEqual(await store.list(), { objects: [], unseen: [] });
}

async function uidsOf(store: CalendarStore): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for await (const batch of store.uids()) for (const { href, uids } of batch) found.set(href, uids);
  return found;
}

async function uidsAlone(store: CalendarStore): Promise<void> {
  assert.deepEqual(await uidsOf(store), new Map());
  const alarm = ['BEGIN:VALARM', 'UID:conf-alarm', 'ACTION:DISPLAY', 'DESCRIPTION:x', 'TRIGGER:-PT5M', 'END:VALARM'];
  const uids = Array.from({ length: 55 }, (_, nth) => `conf-uid-${nth}@${'long-name.'.repeat(nth === 3 ? 12 : 1)}test`);
  const expected = new Map<string, readonly string[]>();
  for (const uid of uids) expected.set(await create(store, uid, sampleEvent(uid, 'UID:none', alarm)), [uid]);
  const { info } = await store.properties();
  if (info.components.length === 0 || info.components.includes('VTODO')) {
    const task = sampleEvent('conf-uid-task', 'x')
      .toString('utf8')
      .replace(/VEVENT/g, 'VTODO')
      .replace('DTEND', 'DUE');
    expected.set(await create(store, 'conf-uid-task', Buffer.from(task)), ['conf-uid-task']);
  }
  assert.deepEqual(new Map([...(await uidsOf(store))].sort()), new Map([...expected].sort()));
  await removeAll(store, [...expected.keys()]);
}

async function missing(store: CalendarStore): Promise<void> {
  const href = store.newHref('conf-missing');
  const href2 = await create(store, 'conf-missing-2', sampleEvent('conf-missing-2', 'x'));
  const etag = await etagOf(store, href2);
  assert.equal(await store.get(href), null);
  const deleted = await store.remove(href, etag, {});
  assert.ok(deleted.kind === 'refused' && [404, 409, 412].includes(deleted.status), JSON.stringify(deleted));
  await removeAll(store, [href2]);
}

async function escapes(store: CalendarStore): Promise<void> {
  const summary = 'a & b < c > d ]]> "e" &amp\\; ü 📅';
  const href = await create(store, 'conf-escape', sampleEvent('conf-escape', summary));
  for await (const [object] of store.fetch([href]))
    assert.ok(object?.text?.includes(summary), object?.text ?? 'nothing');
  await removeAll(store, [href]);
}

async function garbage(store: CalendarStore): Promise<void> {
  const href = store.newHref('conf-garbage');
  const result = await store.put(href, Buffer.from('this is no calendar'), { kind: 'absent' }, {});
  assert.ok(result.kind === 'refused' && result.message.length > 10, JSON.stringify(result));
  assert.equal(await store.get(href), null);
}
