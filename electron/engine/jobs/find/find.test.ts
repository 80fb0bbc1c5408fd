import { readdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '../../../../e2e/harness/zip.ts';
import { beganBetween, type FindSpec, type FoundEvent } from '../../../../shared/model/found/find.ts';
import type { FindSession } from './find.ts';
import { night, openNights, type Nights } from './testing/nights.ts';

let nights: Nights;
let session: FindSession | null = null;
beforeEach(async () => {
  nights = await openNights();
});
afterEach(async () => {
  await session?.close();
  session = null;
  await nights.close();
});

const LUNCH = ['UID:lunch', 'SUMMARY:Lunch'];
const budget = (title: string, ...more: readonly string[]) => ['UID:budget', `SUMMARY:${title}`, ...more];

async function find(sources: readonly string[], spec: Partial<FindSpec> = {}): Promise<FindSession> {
  await session?.close();
  session = await nights.engine.find(sources, { words: '', rules: [], any: false, ...spec });
  return session;
}

/** `budget: -2 v3 x1 …`: absent in two backups, the same in three, unreadable in one. */
function drawn({ uid, ranges }: FoundEvent): string {
  const sign = { version: 'v', absent: '-', unreadable: 'x' } as const;
  return `${uid}: ${ranges.map(({ kind, backups }) => `${sign[kind]}${String(backups.length)}`).join(' ')}`;
}

/** Five nights: the budget is new on the second, renamed on the third, and gone on the fifth. */
async function week(): Promise<string[]> {
  const texts = [
    night(LUNCH),
    night(LUNCH, budget('Figures')),
    night(LUNCH, budget('Budget review', 'LOCATION:Room 1')),
    night(budget('Budget review', 'LOCATION:Room 1'), LUNCH),
    night(LUNCH),
  ];
  return Promise.all(texts.map((text, at) => nights.put(`anna-2026-11-1${String(at)}.ics`, text)));
}

describe('find', () => {
  it('says what became of an event, newest backup first, also where its words were others', async () => {
    const { result } = await find(await week(), { words: 'budget review' });
    expect(result.backups.map(({ name, events }) => `${name} ${String(events)}`)).toEqual([
      'anna-2026-11-14.ics 1',
      'anna-2026-11-13.ics 2',
      'anna-2026-11-12.ics 2',
      'anna-2026-11-11.ics 2',
      'anna-2026-11-10.ics 1',
    ]);
    expect(result.events.map(drawn)).toEqual(['budget: -1 v2 v1 -1']);
    const [event] = result.events;
    expect(event).toMatchObject({ title: 'Budget review', state: 'lost' });
    // Lost between the 13th and the 14th, renamed between the 11th and the 12th.
    expect(beganBetween(event?.ranges ?? [], 0)).toEqual({ before: 1, after: 0 });
    expect(beganBetween(event?.ranges ?? [], 1)).toEqual({ before: 3, after: 2 });
    expect(beganBetween(event?.ranges ?? [], 3)).toBeNull();
  });

  it('looks once more into newer backups, where a change made an event not fit any more', async () => {
    const { result } = await find(await week(), { rules: ['title=figures'] });
    expect(result.events.map(drawn)).toEqual(['budget: -1 v2 v1 -1']);
  });

  it('gives the difference between neighbouring versions, and what to restore', async () => {
    const sources = await week();
    const found = await find(sources, { words: 'budget' });
    const [newer, older] = await found.versions(0);
    expect(newer).toMatchObject({
      range: 1,
      changes: [
        { field: 'Title', before: 'Figures', after: 'Budget review' },
        { field: 'Location', before: null, after: 'Room 1' },
      ],
    });
    expect(newer?.lines).toContain('Title: Budget review');
    expect(older).toMatchObject({ range: 2, changes: null });
    expect(found.restoreOf(0, 1)).toMatchObject({ source: sources[3], only: ['uid=budget'] });
    expect(() => found.restoreOf(0, 0)).toThrow(/not among those that were found/);
    await expect(found.versions(7)).rejects.toThrow(/not among those that were found/);
  });

  it('takes rules together or, with any, one of them; words must hold besides', async () => {
    const sources = await week();
    const rules = ['title=lunch', 'title~figures'];
    expect((await find(sources, { rules })).result.events).toEqual([]);
    expect((await find(sources, { rules, any: true })).result.events.map(({ uid }) => uid)).toEqual([
      'budget',
      'lunch',
    ]);
    const both = await find(sources, { rules, any: true, words: 'lunch' });
    expect(both.result.events.map(drawn)).toEqual(['lunch: v5']);
    expect(both.result.events[0]?.state).toBe('same');
  });

  it('does not count how a server writes the same event anew', async () => {
    const one = await nights.put('a-2026-11-01.ics', night(budget('Budget', 'PRIORITY:0')));
    const two = await nights.put(
      'a-2026-11-02.ics',
      night(budget('Budget', 'X-RADICALE-NAME:x', 'LAST-MODIFIED:20261102T000000Z')),
    );
    expect((await find([one, two], { words: 'budget' })).result.events.map(drawn)).toEqual(['budget: v2']);
  });

  it('names a backup that cannot be read, and does not call an event lost because of it', async () => {
    const sources = [
      await nights.put('a-2026-11-01.ics', night(budget('Budget'))),
      await nights.put('a-2026-11-02.zip', 'no zip at all'),
      await nights.put('a-2026-11-03.ics', night(budget('Budget')).replace('END:VEVENT\r\n', '')),
      `${nights.folder}/a-2026-11-04.ics`,
    ];
    const { result } = await find(sources, { words: 'budget' });
    expect(result.events.map(drawn)).toEqual(['budget: v1']);
    expect(result.backups.map(({ name, events, problem }) => [name, events, problem !== null])).toEqual([
      ['a-2026-11-03.ics', null, true],
      ['a-2026-11-02.zip', null, true],
      ['a-2026-11-01.ics', 1, false],
      ['a-2026-11-04.ics', null, true],
    ]);
  });

  it('says when a folder that is taken for one backup may be several', async () => {
    await nights.put('mixed/one.ics', night(budget('Budget')));
    await nights.put('mixed/two.ics', night(budget('Budget review')));
    const { result } = await find([nights.folder], { words: 'budget' });
    expect(result.backups).toMatchObject([{ name: 'backups', events: 1, doubled: 1, rejected: 0 }]);
  });

  it('names an event that is there but cannot be read', async () => {
    const broken = night(LUNCH, budget('Budget')).replace(/DTSTART:[^\r]*\r\n(?=UID:budget)/, '');
    const sources = [
      await nights.put('a-2026-11-01.ics', night(LUNCH, budget('Budget'))),
      await nights.put('a-2026-11-02.ics', broken),
    ];
    const { result } = await find(sources, { words: 'budget' });
    expect(result.events.map(drawn)).toEqual(['budget: x1 v1']);
    expect(result.events[0]).toMatchObject({ state: 'unreadable', ranges: [{ unread: [{ line: 10 }] }, {}] });
    expect(result.backups[0]).toMatchObject({ events: 1, rejected: 1, problem: null });
  });

  it('reads archives and folders, and leaves nothing behind', async () => {
    const zip = await nights.put(
      'n-2026-11-02.zip',
      zipOf({ 'cal/a.ics': night(LUNCH), 'cal/b.ics': night(budget('B')) }),
    );
    await nights.put('n-2026-11-03/a.ics', night(LUNCH));
    const found = await find([zip, `${nights.folder}/n-2026-11-03`], { rules: ['uid=budget'] });
    expect(found.result.events.map(drawn)).toEqual(['budget: -1 v1']);
    expect(found.result.events[0]?.ranges[1]).toMatchObject({ file: `${zip} › cal/b.ics`, line: 4 });
    await found.close();
    session = null;
    expect(await readdir(nights.tempDir)).toEqual([]);
  });

  it('keeps events of another kind apart, and lists lost ones first', async () => {
    const todo = night(['UID:lunch', 'SUMMARY:Lunch']).replaceAll('VEVENT', 'VTODO');
    const sources = [await nights.put('a-2026-11-01.ics', night(LUNCH)), await nights.put('a-2026-11-02.ics', todo)];
    const { result } = await find(sources, { words: 'lunch' });
    expect(result.events.map((event) => `${event.kind} ${drawn(event)}`)).toEqual([
      'VEVENT lunch: -1 v1',
      'VTODO lunch: v1 -1',
    ]);
  });

  it.each([
    [{}, /Say what to look for/],
    [{ rules: ['titel=x'] }, /the fields are/],
    [{ rules: ['outside=yes'] }, /organizer=\*@…/],
    [{ rules: ['copies>3'] }, /known only in a clean-up/],
    [{ rules: ['title~(?=a)'] }, /lookahead/],
    [{ rules: ['title~(a)\\1'] }, /back-references/],
  ])('refuses the search %o', async (spec, sentence) => {
    const source = await nights.put('a.ics', night(['UID:a', `SUMMARY:${'a'.repeat(60)}!`]));
    await expect(find([source], spec)).rejects.toThrow(sentence);
  });

  it('shows on their days what older backups have and the newest one has not', async () => {
    const found = await find(await week(), { rules: ['title~.'] });
    const { occurrences } = await found.occurrences({ from: '2026-12-01', to: '2026-12-01' });
    const shown = occurrences.map(({ row, title, state, on }) => `${String(row)} ${title} ${state} ${on}`);
    expect(shown.sort()).toEqual(['0 Budget review removed before', '1 Lunch kept both']);
    expect((await found.occurrences({ from: '2027-12-01', to: '2027-12-31' })).occurrences).toEqual([]);
  });

  it('stops when it is asked to, and removes what it wrote', async () => {
    const sources = await week();
    const over = new AbortController();
    const going = nights.engine.find(
      sources,
      { words: 'budget', rules: [], any: false },
      { signal: over.signal, progress: ({ backup }) => (backup === 2 ? over.abort() : undefined) },
    );
    await expect(going).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(nights.tempDir)).toEqual([]);
  });

  it('says so when a backup is changed while it is searched', async () => {
    const sources = await week();
    await session?.close();
    session = await nights.engine.find(
      sources,
      { words: '', rules: ['title=figures'], any: false },
      {
        progress: ({ backup, done }) => {
          // Others write while the fifth is read.
          if (backup === 5 && done === 0) void writeFile(sources[3] ?? '', night(LUNCH));
        },
      },
    );
    const changed = session.result.backups[1];
    expect(changed).toMatchObject({ name: 'anna-2026-11-13.ics', problem: expect.stringContaining('was changed') });
    expect(session.result.events.map(drawn)).toEqual(['budget: -1 v1 v1 -1']);
  });
});
