import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, onPlanGone } from '../bridge/client.ts';
import { routes, type PreparedPlan, type RouteName, type RouteOutput } from '../../shared/ipc/contract.ts';
import type { Failure } from '../../shared/model/failure.ts';
import { useBackup } from './backup.ts';
import { BATCH_STORES, planAgain } from './batch/batch.ts';
import { useMemberRows } from './batch/member-rows.ts';
import { losePlan } from './gone.ts';
import { useFlow } from './job/flow.ts';
import { usePlan } from './job/plan.ts';
import { useRehearsal } from './job/rehearsal.ts';
import { useRows } from './job/rows.ts';
import { useRun } from './job/run.ts';
import { installFakeBridge, settled, type FakeBridge } from './testing/fake-bridge.ts';
import { toFirstState } from './testing/first-state.ts';

const GONE: Failure = { code: 'HANDLE_GONE', message: 'This plan is not current any more.', reaction: 'fix-input' };
const MINE = 'mine';
const PLAN = { planId: MINE, summary: { hash: 'h' }, members: [] } as unknown as PreparedPlan &
  RouteOutput<'batch.undo'>;

/** Every route that is asked of a prepared plan, as the contract has them, and the backup of what a plan would change. */
const ASKED: readonly (readonly [RouteName, object])[] = [
  ...Object.entries(routes)
    .filter(([, { input }]) => 'shape' in input && 'planId' in input.shape)
    .map(([name]) => [name as RouteName, { planId: MINE }] as const),
  ['backup.run', { what: { kind: 'batch', planId: MINE } }],
];

let bridge: FakeBridge;
beforeEach(() => {
  bridge = installFakeBridge();
  toFirstState(usePlan, useRun, useFlow, useRows, useRehearsal, useBackup, useMemberRows, ...BATCH_STORES);
  onPlanGone(losePlan);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Asks, and is told `failure`. */
async function refused(route: RouteName, input: object, failure: Failure): Promise<void> {
  const asked = call(route, input as never).catch(() => undefined);
  await settled();
  bridge.waiting.find((one) => one.route === route)?.refuse(failure);
  await asked;
}

const prepare = {
  one: () => {
    usePlan.setState({ plan: PLAN });
    return () => usePlan.getState();
  },
  ...Object.fromEntries(
    BATCH_STORES.map((store, at) => [
      `batch ${String(at)}`,
      () => {
        store.setState({ plan: PLAN });
        return () => store.getState();
      },
    ]),
  ),
};

describe.each(Object.entries(prepare))('a prepared plan (%s)', (_name, prepared) => {
  it.each(ASKED)('that the engine has no more is none on screen, and it says so: %s', async (route, input) => {
    const now = prepared();
    await refused(route, input, GONE);
    expect(now()).toMatchObject({ plan: null, failure: GONE });
  });

  it.each(ASKED)('stays when %s is refused for another reason, or another plan is gone', async (route, input) => {
    const now = prepared();
    await refused(route, input, { ...GONE, code: 'SERVER_UNKNOWN' });
    await refused(route, JSON.parse(JSON.stringify(input).replace(MINE, 'other')) as object, GONE);
    expect(now()).toMatchObject({ plan: PLAN, failure: null });
  });
});

it('dialogs about a plan close with it', async () => {
  useRehearsal.setState({ planId: MINE });
  useBackup.setState({ what: { kind: 'batch', planId: MINE }, running: true });
  useMemberRows.setState({ batchPlan: MINE, member: 1 });
  await refused('plan.row', { planId: MINE, row: 0 }, GONE);
  expect(useRehearsal.getState().planId).toBeNull();
  expect(useBackup.getState().what).toBeNull();
  expect(useMemberRows.getState().member).toBeNull();
});

it('a plan that began belongs to its run, which no other request finds gone', async () => {
  usePlan.setState({ plan: PLAN });
  useRun.setState({ starting: true });
  await refused('plan.rows', { planId: MINE }, GONE);
  expect(usePlan.getState().plan).toEqual(PLAN);
  await refused('run.start', { planId: MINE }, GONE);
  expect(usePlan.getState().plan).toBeNull();
});

describe('a plan is made again as it was made', () => {
  it.each([
    ['a retry of what needs attention', () => call('history.retry', { runId: 'r', attention: true })],
    ['an undo that notifies', () => call('history.undo', { runId: 'r', mode: 'all' })],
  ] as const)('%s', async (_what, work) => {
    const made = usePlan.getState().make(work);
    await settled();
    const [{ route, input } = { route: 'history.undo' as const, input: null }] = bridge.asked;
    await bridge.answer(route, PLAN);
    await made;
    usePlan.getState().lose(MINE, GONE);
    void useFlow.getState().remake();
    await settled();
    expect(bridge.asked.filter((one) => one.route === route)).toEqual([
      { route, input, answer: expect.anything(), refuse: expect.anything() },
      { route, input, answer: expect.anything(), refuse: expect.anything() },
    ]);
  });

  it.each(BATCH_STORES)('of several calendars', async (store) => {
    const work = vi.fn(() => Promise.resolve(PLAN));
    await store.getState().make('undo', null, work);
    losePlan('batch.start', MINE, GONE);
    expect(store.getState().plan).toBeNull();
    planAgain(store);
    await settled();
    expect(work).toHaveBeenCalledTimes(2);
    expect(store.getState()).toMatchObject({ kind: 'undo', plan: PLAN, failure: null });
  });
});
