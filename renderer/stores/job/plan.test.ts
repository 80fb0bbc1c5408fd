import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PreparedPlan, RouteInput } from '../../../shared/ipc/contract.ts';
import { usePlan } from './plan.ts';

type Input = RouteInput<'restore.plan'>;

const INPUT = {
  sourceId: 'a.ics',
  serverId: 'office',
  calendarUrl: 'https://cal.example/alice/',
  mode: 'none',
  only: [],
} as unknown as Input;
/** The answers that are still on their way, by the input that they answer. */
let waiting: { readonly input: Input; readonly answer: (plan: PreparedPlan) => void }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  waiting = [];
  const request = (_route: string, input: Input): Promise<string> =>
    new Promise((resolve) => {
      waiting.push({ input, answer: (value) => resolve(JSON.stringify({ ok: true, value })) });
    });
  vi.stubGlobal('window', { hushcal: { request, subscribe: () => () => undefined } });
  usePlan.getState().clear();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function ask(input: Input): Promise<void> {
  usePlan.getState().request(input, 0);
  await vi.advanceTimersByTimeAsync(1);
}

async function answer(planId: string): Promise<void> {
  waiting.shift()?.answer({ planId } as unknown as PreparedPlan);
  await vi.advanceTimersByTimeAsync(1);
}

describe('the plan on screen', () => {
  it('stays while another answer is planned', async () => {
    await ask(INPUT);
    await answer('first');
    await ask({ ...INPUT, mode: 'all' });
    expect(usePlan.getState()).toMatchObject({ plan: { planId: 'first' }, planning: true });
    await answer('second');
    expect(usePlan.getState()).toMatchObject({ plan: { planId: 'second' }, planning: false });
  });

  it.each([
    ['backup', { sourceId: 'b.ics' }],
    ['server', { serverId: 'lab' }],
    ['calendar', { calendarUrl: 'https://cal.example/bob/' }],
    ['event', { only: ['uid:x'] }],
  ])('is gone at once when another %s is chosen', async (_what, part) => {
    await ask(INPUT);
    await answer('first');
    usePlan.getState().request({ ...INPUT, ...part }, 250);
    expect(usePlan.getState()).toMatchObject({ plan: null, planning: true });
  });

  it('is never that of an earlier question which was answered late', async () => {
    await ask(INPUT);
    await ask({ ...INPUT, sourceId: 'b.ics' });
    const [late, newest] = waiting;
    newest?.answer({ planId: 'newest' } as unknown as PreparedPlan);
    late?.answer({ planId: 'late' } as unknown as PreparedPlan);
    await vi.advanceTimersByTimeAsync(1);
    expect(usePlan.getState()).toMatchObject({ plan: { planId: 'newest' }, planning: false });
  });
});
