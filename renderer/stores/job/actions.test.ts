import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PreparedPlan, RouteName, RouteOutput } from '../../../shared/ipc/contract.ts';
import type { PlanRow } from '../../../shared/model/plan.ts';
import type { ReportItem, RunEntry } from '../../../shared/model/kept/report.ts';
import { useNavigation } from '../batch/navigation.ts';
import { installFakeBridge, REFUSED, settled, type FakeBridge } from '../testing/fake-bridge.ts';
import { toFirstState } from '../testing/first-state.ts';
import { useAttention } from './attention.ts';
import { newCalendarIn, planRequest, useDraft } from './draft.ts';
import { useFlow } from './flow.ts';
import { usePlan } from './plan.ts';
import { useRows } from './rows.ts';
import { NO_FILTER } from '../../../shared/model/plan.ts';
import { useRun } from './run.ts';

let bridge: FakeBridge;
beforeEach(() => {
  bridge = installFakeBridge();
  toFirstState(useAttention, useDraft, useFlow, usePlan, useRows, useRun, useNavigation);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const plan = (planId: string): PreparedPlan => ({ planId, summary: { hash: 'h' } }) as unknown as PreparedPlan;
const row = (id: number): PlanRow => ({ id, uid: `u${String(id)}`, action: 'create', excluded: false }) as PlanRow;
const page = (rows: readonly PlanRow[]): RouteOutput<'plan.rows'> =>
  ({
    rows,
    matching: rows.length,
    matchingWrites: rows.length,
    matchingExcluded: 0,
  }) as unknown as RouteOutput<'plan.rows'>;
const RUN = { runId: 'r', job: 'restore', status: 'complete', running: false } as RunEntry;

describe('the rows of a plan', () => {
  beforeEach(async () => {
    usePlan.setState({ plan: plan('p') });
    useRows.getState().begin();
    await bridge.answer('plan.rows', page([row(0), row(1), row(2)]));
  });

  it('an answer for another filter than the one on screen is dropped', async () => {
    const { setFilter } = useRows.getState();
    setFilter({ search: 'a' });
    setFilter({ search: 'ab' });
    await settled();
    const [late, newest] = bridge.waiting;
    newest?.answer(page([row(2)]));
    await settled();
    late?.answer(page([row(0), row(1)]));
    await settled();
    expect(useRows.getState().numbers?.matching).toBe(1);
  });

  it('rows that cannot be fetched say why, and stay', async () => {
    useRows.getState().setFilter({ search: 'a' });
    await bridge.refuse('plan.rows');
    expect(useRows.getState()).toMatchObject({ failure: REFUSED, numbers: { matching: 3 } });
  });

  it.each([
    ['plan.select', () => useRows.getState().tick(row(1), false)],
    ['plan.select', () => useRows.getState().tickIds([0, 1], false)],
    ['plan.select', () => useRows.getState().tickAll(false)],
    ['plan.select', () => useRows.getState().tickMarked(false)],
    ['plan.resolve', () => useRows.getState().resolve([1], 'copy')],
    ['plan.resolve', () => useRows.getState().resolveMarked('copy')],
  ] as const)(
    '%s makes another plan of the same rows; refused, the old one stays and the reason is said',
    async (route, act) => {
      const done = act();
      await bridge.answer(route, plan('next'));
      await bridge.answer('plan.rows', page([row(0), row(1), row(2)]));
      await done;
      expect(usePlan.getState().plan?.planId).toBe('next');
      const again = act();
      await bridge.refuse(route);
      expect(useRows.getState().failure).toEqual(REFUSED);
      // What the plan really has is fetched again.
      await bridge.answer('plan.rows', page([row(0), row(1), row(2)]));
      await again;
      expect(useRows.getState().failure, 'still').toEqual(REFUSED);
      expect(usePlan.getState().plan?.planId).toBe('next');
    },
  );

  it('an open row shows its own text, whichever comes first, and says why where there is none', async () => {
    const { openRow } = useRows.getState();
    openRow(0);
    openRow(1);
    await settled();
    const [late, newest] = bridge.waiting;
    newest?.answer({ row: row(1), raw: 'one' });
    await settled();
    late?.answer({ row: row(0), raw: 'nought' });
    await settled();
    expect(useRows.getState()).toMatchObject({ open: 1, detail: { raw: 'one' } });
    openRow(2);
    await bridge.refuse('plan.row');
    expect(useRows.getState().detailFailure).toEqual(REFUSED);
    openRow(null);
    expect(useRows.getState()).toMatchObject({ open: null, detail: null });
  });

  it('is put in the order of a column, the other way round, and back', async () => {
    const { sortBy } = useRows.getState();
    const sorts: unknown[] = [];
    for (let click = 0; click < 3; click += 1) {
      sortBy('title');
      await bridge.answer('plan.rows', page([row(0)]));
      sorts.push(bridge.lastInput('plan.rows').sort);
    }
    expect(sorts).toEqual([{ by: 'title', descending: false }, { by: 'title', descending: true }, null]);
  });

  it('marks ranges and single rows from where the last click was', () => {
    const { setCursor, markAll } = useRows.getState();
    setCursor(2);
    setCursor(0, 'range');
    expect(useRows.getState()).toMatchObject({ cursor: 0, marks: [[0, 2]] });
    setCursor(1, 'toggle');
    expect(useRows.getState().marks).toEqual([
      [0, 0],
      [2, 2],
    ]);
    markAll();
    expect(useRows.getState().marks).toEqual([[0, 2]]);
  });
});

describe('the flow of a job', () => {
  it.each([
    ['history.undo', 'undo'],
    ['history.retry', 'retry'],
  ] as const)('%s shows its plan in Review; refused, it says why there', async (route, kind) => {
    const made = useFlow.getState().revisit(kind, RUN);
    await settled();
    expect(useFlow.getState()).toMatchObject({ kind, step: 'review', origin: RUN, undoMode: null });
    await bridge.answer(route, plan('p'));
    await made;
    expect(usePlan.getState().plan?.planId).toBe('p');
    const again = useFlow.getState().revisit(kind, RUN);
    await bridge.refuse(route);
    await again;
    expect(usePlan.getState()).toMatchObject({ plan: null, planning: false, failure: REFUSED });
  });

  it('an undo is planned in the mode that was answered last', async () => {
    useFlow.setState({ kind: 'undo', origin: RUN });
    const both = [useFlow.getState().tellUndo('all'), useFlow.getState().tellUndo('none')];
    await settled();
    const [late, newest] = bridge.waiting;
    newest?.answer(plan('none'));
    await settled();
    late?.answer(plan('all'));
    await Promise.all(both);
    expect(useFlow.getState().undoMode).toBe('none');
    expect(usePlan.getState().plan?.planId).toBe('none');
  });

  it('goes on to the run when it began, and stays where it is when it was refused', async () => {
    usePlan.setState({ plan: plan('p') });
    useFlow.setState({ step: 'review' });
    const refused = useFlow.getState().runPlan(null);
    await bridge.refuse('run.start');
    await refused;
    expect(useFlow.getState().step).toBe('review');
    expect(useRun.getState().failure).toEqual(REFUSED);
    const begun = useFlow.getState().runPlan(43);
    await bridge.answer('run.start', { runId: 'r' });
    expect(bridge.lastInput('run.start')).toMatchObject({ planId: 'p', hash: 'h', typedMessages: 43 });
    await bridge.refuse('run.snapshot');
    for (const { route, refuse } of [...bridge.waiting]) if (route === 'history.report') refuse(REFUSED);
    await begun;
    expect(useFlow.getState().step).toBe('run');
  });

  it('makes nothing anew where nothing is chosen, and nothing starts without a plan', async () => {
    await useFlow.getState().remake();
    await useFlow.getState().runPlan(null);
    expect(bridge.asked).toEqual([]);
  });

  it('a plan for a server that changed is not shown any more', () => {
    usePlan.setState({ plan: plan('p') });
    useFlow.setState({ step: 'review' });
    useFlow.getState().targetChanged();
    expect(useFlow.getState().step).toBe('decide');
    expect(usePlan.getState().plan).toBeNull();
    useFlow.setState({ step: 'run' });
    usePlan.setState({ plan: plan('p') });
    useFlow.getState().targetChanged();
    expect(usePlan.getState().plan, 'what runs is not touched').not.toBeNull();
  });
});

describe('a plan', () => {
  it('that cannot be made says why, and one that comes after another job began is dropped', async () => {
    const refused = usePlan.getState().make(() => Promise.reject(new Error('no')));
    expect(await refused).toBe(false);
    expect(usePlan.getState()).toMatchObject({ planning: false, plan: null });
    expect(usePlan.getState().failure?.message).toContain('no');
    let answer: (made: PreparedPlan) => void = () => undefined;
    const late = usePlan.getState().make(() => new Promise((resolve) => (answer = resolve)));
    usePlan.getState().clear();
    answer(plan('late'));
    expect(await late).toBe(false);
    expect(usePlan.getState()).toMatchObject({ plan: null, planning: false, failure: null });
  });
});

describe('the draft', () => {
  const CALENDAR = { url: 'https://cal.example/new/', name: 'New', color: null };

  it('asks for a plan only when source, server and calendar are chosen', () => {
    const { chooseServer, chooseCalendar, describeCalendar, forgetNewCalendar, change } = useDraft.getState();
    const request = () => planRequest(useDraft.getState(), 's', []);
    expect(request()).toBeNull();
    chooseServer('office', 'bob');
    expect(request()).toBeNull();
    chooseCalendar('https://cal.example/bob/');
    expect(request()).toMatchObject({ serverId: 'office', forUser: 'bob', mode: 'none' });
    change({ rewrites: ['emailAlarms'], aliases: ['bob@x.test'], since: '2026-01-01' });
    expect(request()).toMatchObject({ rewrites: { emailAlarms: true }, aliases: ['bob@x.test'], since: '2026-01-01' });
    describeCalendar(CALENDAR);
    expect(request()).toMatchObject({ calendarUrl: CALENDAR.url, makeCalendar: { name: 'New', color: null } });
    forgetNewCalendar();
    expect(request(), 'a calendar that is not made is not chosen').toBeNull();
    chooseServer('lab');
    expect(useDraft.getState()).toMatchObject({ calendarUrl: null, forUser: null, aliases: [], mode: 'none' });
  });

  it('a new calendar keeps its address while only its name changes', () => {
    const first = newCalendarIn('https://cal.example/bob', null, 'A', null);
    expect(first.url).toMatch(/^https:\/\/cal\.example\/bob\/[0-9a-f-]{36}\/$/);
    expect(newCalendarIn('https://cal.example/bob', first, 'B', '#ff0000')).toEqual({
      ...first,
      name: 'B',
      color: '#ff0000',
    });
  });
});

describe('a row of a report', () => {
  const item = (part: Partial<ReportItem> = {}): ReportItem =>
    ({ row: 0, uid: 'u', outcome: 'rejected', ...part }) as ReportItem;
  const { open } = useAttention.getState();

  it('that can only be read shows what the run keeps of it', async () => {
    const opened = open(RUN, item());
    expect(useAttention.getState().reading).toBe(true);
    await bridge.answer('history.row', { card: null, raw: 'BEGIN:VEVENT' });
    await opened;
    expect(useAttention.getState()).toMatchObject({ text: { raw: 'BEGIN:VEVENT' }, reading: false, row: null });
    expect(
      bridge.asked.map(({ route }) => route),
      'no plan is made for it',
    ).toEqual(['history.row']);
  });

  it('is not that of a row which was opened before, and says why it cannot be read', async () => {
    await open(RUN, item());
    await open(RUN, item({ row: 1 }));
    const [late, newest] = bridge.waiting;
    newest?.answer({ card: null, raw: 'new' });
    await settled();
    late?.answer({ card: null, raw: 'old' });
    await settled();
    expect(useAttention.getState().text?.raw).toBe('new');
    await open(RUN, item({ row: 2 }));
    await bridge.refuse('history.row');
    expect(useAttention.getState()).toMatchObject({ failure: REFUSED, reading: false });
  });

  it('that can be settled is opened in a plan over what needs attention, made once', async () => {
    const route: RouteName = 'history.retry';
    const first = open(RUN, item({ outcome: 'conflict' }));
    await bridge.answer(route, plan('p'));
    const found = { ...row(4), uid: 'u', action: 'conflict' } as PlanRow;
    await bridge.answer('plan.rows', page([found]));
    await bridge.answer('plan.rows', page([found]));
    await first;
    expect(useAttention.getState()).toMatchObject({ planId: 'p', row: 4 });
    useAttention.getState().close();
    await open(RUN, item({ outcome: 'failed' }));
    expect(useAttention.getState().row).toBe(4);
    expect(bridge.asked.filter((one) => one.route === route)).toHaveLength(1);
    expect(bridge.lastInput('plan.rows').filter).toEqual(NO_FILTER);
  });

  it('that was rejected as a whole event is opened in that plan, too', async () => {
    const opened = open(RUN, item({ retriable: true }));
    await bridge.answer('history.retry', plan('p'));
    const found = { ...row(7), uid: 'u', action: 'reject' } as PlanRow;
    await bridge.answer('plan.rows', page([found]));
    await bridge.answer('plan.rows', page([found]));
    await opened;
    expect(useAttention.getState()).toMatchObject({ planId: 'p', row: 7 });
    const mended = useAttention.getState().mend(RUN);
    expect(useAttention.getState(), 'of the plan before').toMatchObject({ item: null, row: null });
    await bridge.answer('history.retry', plan('mended'));
    await bridge.answer('plan.rows', page([found]));
    expect(await mended).toBe(true);
    expect(bridge.lastInput('history.retry')).toMatchObject({ attention: true, rewrites: { brokenLines: true } });
    expect(useAttention.getState().planId).toBe('mended');
  });

  describe('settled by its menu', () => {
    const rows = [0, 1, 2].map((id) => ({ ...row(id), action: 'conflict' as const }));
    const items = rows.map(({ id, uid }) => item({ row: id, uid, outcome: id === 2 ? 'failed' : 'conflict' }));
    const { settle } = useAttention.getState();
    /** Everything that asks for rows of the plan gets them, until nothing waits. */
    const answerRows = async (found: readonly PlanRow[]): Promise<void> => {
      await settled();
      while (bridge.waiting.some(({ route }) => route === 'plan.rows')) await bridge.answer('plan.rows', page(found));
    };

    it('is settled in the plan over what needs attention, alone or with all that are marked', async () => {
      const done = settle(RUN, () => Promise.resolve(items), 'copy');
      await bridge.answer('history.retry', plan('p'));
      await answerRows(rows);
      expect(bridge.lastInput('plan.resolve'), 'what only failed has no choice').toEqual({
        planId: 'p',
        rows: [0, 1],
        choice: 'copy',
      });
      await bridge.answer('plan.resolve', { planId: 'p', summary: { hash: 'i' } } as unknown as PreparedPlan);
      // A copy has another UID in the plan: it is known by its row.
      await answerRows(rows.slice(0, 2).map((one) => ({ ...one, uid: 'copy', decided: 'copy' as const })));
      await done;
      expect([...useAttention.getState().settled]).toEqual([
        ['u0', 'copy'],
        ['u1', 'copy'],
      ]);
    });

    it('and says why where it cannot be', async () => {
      const refused = settle(RUN, () => Promise.resolve(items), 'copy');
      await bridge.refuse('history.retry');
      await refused;
      expect(useAttention.getState()).toMatchObject({ failure: REFUSED, settled: new Map() });
      const late = settle(RUN, () => Promise.resolve(items), 'copy');
      await bridge.answer('history.retry', plan('p'));
      await answerRows(rows);
      await bridge.refuse('plan.resolve');
      await answerRows(rows);
      await late;
      expect(useAttention.getState()).toMatchObject({ failure: REFUSED, settled: new Map() });
    });
  });

  it('whose plan cannot be read says why', async () => {
    const opened = open(RUN, item({ outcome: 'failed' }));
    await bridge.answer('history.retry', plan('p'));
    await bridge.refuse('plan.rows');
    await opened;
    expect(useAttention.getState()).toMatchObject({ failure: REFUSED, planning: false, planId: null });
  });

  it('whose plan is refused says why', async () => {
    const opened = open(RUN, item({ outcome: 'failed' }));
    await bridge.refuse('history.retry');
    await opened;
    expect(useAttention.getState()).toMatchObject({ failure: REFUSED, planning: false, planId: null });
  });
});
