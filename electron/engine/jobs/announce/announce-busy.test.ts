import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as realWait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followBatch, meeting, openOffice, type Ended, type Office } from '../migrate/testing/office.ts';
import { consentTo } from '../testing/consent.ts';

type Fault = Parameters<Office['fresh']['server']['setFaults']>[0][number];

/** Requests without an answer: the clock stands still meanwhile, however slow this computer is. */
let underWay = 0;
/** The event was deleted from its calendar. */
let isOut = false;
const CHANNELS = [
  ['undici:request:create', () => (underWay += 1)],
  [
    'undici:request:trailers',
    (message: unknown) => {
      underWay -= 1;
      isOut ||= (message as { readonly request: { readonly method: string } }).request.method === 'DELETE';
    },
  ],
  ['undici:request:error', () => (underWay -= 1)],
] as const;

let office: Office;
beforeEach(() => {
  underWay = 0;
  isOut = false;
  for (const [name, count] of CHANNELS) subscribe(name, count);
});
afterEach(async () => {
  for (const [name, count] of CHANNELS) unsubscribe(name, count);
  vi.useRealTimers();
  await office.close();
});

const BUSY = { status: 503, count: 0 } as const;
const THREE_MINUTES = 180;

/** Announces one event of a server that is in trouble for three minutes of a clock that the test moves. */
async function announceThrough(faults: readonly Fault[], stop = false): Promise<Ended> {
  office = await openOffice(['alice']);
  await office.keep('alice', 'm.ics', meeting('m', ['alice=ACCEPTED', 'ext@other.test']));
  const { batchId: batch } = await office.move(office.spec(['alice']));
  const plan = await office.engine.prepareBatch({ kind: 'announce', spec: { batch } }, office.connect);
  office.fresh.server.setFaults(faults);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const handle = await plan.start(consentTo(plan));
  const ended = { yet: false };
  const following = followBatch(handle).finally(() => {
    ended.yet = true;
  });
  let stopped = false;
  for (let seconds = 0; !ended.yet && seconds < 10 * THREE_MINUTES; seconds += 1) {
    if (seconds === THREE_MINUTES) office.fresh.server.setFaults([]);
    if (stop && isOut && !stopped) {
      handle.stop();
      stopped = true;
    }
    await vi.advanceTimersByTimeAsync(1000);
    do await realWait(3);
    while (underWay > 0);
  }
  vi.useRealTimers();
  expect(stopped).toBe(stop);
  return following;
}

const outcomes = ({ events }: Ended): readonly string[] =>
  events.flatMap((event) => (event.kind === 'item' ? [event.outcome] : []));

describe('a server that is busy for three minutes', () => {
  it.each<[string, readonly Fault[], string]>([
    ['takes nothing out', [{ method: 'DELETE', ...BUSY }], 'cancelled'],
    ['does not take the event with its message', [{ method: 'PUT', ...BUSY }], 'failed'],
    [
      'refuses the message, then does not take the event back',
      [
        { method: 'PUT', status: 403 },
        { method: 'PUT', ...BUSY },
      ],
      'failed',
    ],
    [
      'loses the message, then cannot be read',
      [
        { method: 'PUT', cut: 'before' },
        { method: 'GET', after: 2, ...BUSY },
      ],
      'unknown',
    ],
    [
      'loses the message, then does not take the event back',
      [
        { method: 'PUT', status: 502 },
        { method: 'PUT', ...BUSY },
      ],
      'unknown',
    ],
    ['refuses the event for a while', [{ method: 'PUT', status: 403, count: 0 }], 'failed'],
    ['breaks every connection', [{ method: 'PUT', cut: 'before', count: 0 }], 'unknown'],
  ])('%s: the event is in its calendar, and nobody was notified', async (_name, faults, outcome) => {
    const ended = await announceThrough(faults);
    expect(outcomes(ended)).toEqual([outcome]);
    expect(await office.fresh.copies('alice', 'm')).toHaveLength(1);
    expect(office.fresh.notified()).toEqual([]);
  });

  it('is waited for although nothing says whether the event is out, and it is announced then, once', async () => {
    const ended = await announceThrough([
      { method: 'DELETE', cut: 'after' },
      { method: 'GET', after: 2, ...BUSY },
    ]);
    expect(outcomes(ended)).toEqual(['updated']);
    expect(await office.fresh.copies('alice', 'm')).toHaveLength(1);
    expect(office.fresh.notified()).toEqual(['REQUEST imip ext@other.test']);
  });

  it('is waited for although the run was stopped: the event is out', async () => {
    const ended = await announceThrough([{ method: 'PUT', ...BUSY }], true);
    expect(outcomes(ended)).toEqual(['failed']);
    expect(await office.fresh.copies('alice', 'm')).toHaveLength(1);
    expect(office.fresh.notified()).toEqual([]);
  });
});
