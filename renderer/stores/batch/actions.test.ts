import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RouteName, RouteOutput } from '../../../shared/ipc/contract.ts';
import type { BatchEntry } from '../../../shared/model/batch/batch.ts';
import type { RuleSet, SearchResult } from '../../../shared/model/batch/cleanup.ts';
import type { MappingView } from '../../../shared/model/batch/mapping-view.ts';
import { installFakeBridge, REFUSED, settled, type FakeBridge } from '../testing/fake-bridge.ts';
import { toFirstState } from '../testing/first-state.ts';
import { useMigrateBatch } from './batch.ts';
import { areUnsaved, useCleanup } from './cleanup.ts';
import { useMapping } from './mapping.ts';
import { useMemberRows } from './member-rows.ts';
import { useProjects } from './projects.ts';

let bridge: FakeBridge;
beforeEach(() => {
  bridge = installFakeBridge();
  toFirstState(useMapping, useCleanup, useMigrateBatch, useProjects, useMemberRows);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const view = (name: string): MappingView =>
  ({
    mappingId: 'm',
    name,
    rows: [],
    setup: { insideDomains: [], domains: [] },
    project: null,
  }) as unknown as MappingView;

describe('the events of one calendar of a batch', () => {
  const { open, close } = useMemberRows.getState();
  const opened = (planId: string): RouteOutput<'batch.open'> =>
    ({ planId, summary: { counts: { create: 3, skip: 1 } } }) as unknown as RouteOutput<'batch.open'>;
  beforeEach(close);

  it('are those of the plan that is opened for it, and let go with it', async () => {
    const done = open('b', 1);
    await bridge.answer('batch.open', opened('p'));
    await done;
    expect(useMemberRows.getState()).toMatchObject({ member: 1, planId: 'p', total: 4, failure: null });
    close();
    await settled();
    expect(bridge.lastInput('plan.discard')).toEqual({ planId: 'p' });
  });

  it('of another calendar that was opened meanwhile are the ones on screen; the late plan is let go', async () => {
    const both = [open('b', 1), open('b', 2)];
    await bridge.answer('batch.open', opened('late'));
    await bridge.answer('batch.open', opened('now'));
    await Promise.all(both);
    expect(useMemberRows.getState()).toMatchObject({ member: 2, planId: 'now' });
    expect(bridge.lastInput('plan.discard')).toEqual({ planId: 'late' });
  });

  it('say why they cannot be shown', async () => {
    const done = open('b', 1);
    await bridge.refuse('batch.open');
    await done;
    expect(useMemberRows.getState()).toMatchObject({ member: 1, planId: null, failure: REFUSED });
  });
});

describe('the mapping', () => {
  type Do = () => Promise<unknown>;
  const now = useMapping.getState();
  const ACTIONS: readonly (readonly [RouteName, Do])[] = [
    ['mapping.begin', () => now.begin()],
    ['mapping.sample', () => now.sample()],
    ['project.create', () => now.nameProject('Spring')],
    ['project.open', () => now.openProject('p')],
    ['mapping.choose', () => now.choose()],
    ['mapping.drop', () => now.drop([])],
    ['mapping.paste', () => now.paste('a,b')],
    ['mapping.add', () => now.add()],
    ['mapping.edit', () => now.edit(0, 'user', 'anna')],
    ['mapping.source', () => now.chooseSource(0, 'files')],
    ['mapping.folder', () => now.chooseFolder()],
    ['mapping.remove', () => now.remove([0])],
    ['mapping.setup', () => now.change({ mode: 'none' })],
    ['mapping.secret', () => now.setSecret('target', 'anna', 'x')],
  ];

  it.each(ACTIONS)('%s shows what came back, and forgets what was checked before', async (route, act) => {
    useMapping.setState({ view: view('before'), complete: true });
    const done = act();
    await settled();
    // A cell is taken over while one types on; kept it is when the answer is here.
    expect(useMapping.getState()).toMatchObject({ busy: route !== 'mapping.edit', saving: true });
    await bridge.answer(route, view('after'));
    await done;
    expect(useMapping.getState()).toMatchObject({
      view: { name: 'after' },
      busy: false,
      saving: false,
      failure: null,
      complete: false,
    });
  });

  it.each(ACTIONS)('%s that is refused says why, and leaves what is there', async (route, act) => {
    useMapping.setState({ view: view('before') });
    const done = act();
    await settled();
    expect(useMapping.getState().saving).toBe(true);
    await bridge.refuse(route);
    expect(await done).not.toBe(true);
    expect(useMapping.getState()).toMatchObject({
      view: { name: 'before' },
      busy: false,
      saving: false,
      failure: REFUSED,
    });
  });

  it('makes each change to what the one before left, however fast they come', async () => {
    useMapping.setState({ view: view('before') });
    const { change } = useMapping.getState();
    const both = [change({ insideDomains: ['example.org'] }), change({ mode: 'none' })];
    await settled();
    expect(bridge.waiting, 'one at a time').toHaveLength(1);
    const setup = { insideDomains: ['example.org'], domains: [] } as unknown as MappingView['setup'];
    await bridge.answer('mapping.setup', { ...view('one'), setup });
    expect(bridge.lastInput('mapping.setup').setup).toMatchObject({ insideDomains: ['example.org'], mode: 'none' });
    expect(useMapping.getState().busy, 'the second is on its way').toBe(true);
    await bridge.answer('mapping.setup', view('two'));
    await Promise.all(both);
    expect(useMapping.getState().busy).toBe(false);
  });

  it('is saved when the answer to the last of several edits is here', async () => {
    useMapping.setState({ view: view('before') });
    const { edit } = useMapping.getState();
    const both = [edit(0, 'user', 'anna'), edit(1, 'user', 'ben')];
    await bridge.answer('mapping.edit', view('one'));
    expect(useMapping.getState().saving, 'the second is on its way').toBe(true);
    await bridge.refuse('mapping.edit');
    await Promise.all(both);
    expect(useMapping.getState()).toMatchObject({ saving: false, failure: REFUSED });
  });

  it('a check of what was changed meanwhile counts for nothing', async () => {
    useMapping.setState({ view: view('before') });
    const checking = useMapping.getState().check();
    const editing = useMapping.getState().edit(0, 'user', 'ben');
    await bridge.answer('mapping.edit', view('after'));
    await editing;
    await bridge.answer('mapping.check', {
      mappingId: 'm',
      rows: [{ row: 0 }],
    } as unknown as RouteOutput<'mapping.check'>);
    await checking;
    expect(useMapping.getState()).toMatchObject({ checking: null, complete: false });
    expect(useMapping.getState().checked.size).toBe(0);
  });

  it('a check waits for the passwords that are being read', async () => {
    useMapping.setState({ view: view('before') });
    const read = useMapping.getState().readSecrets('target');
    const checking = useMapping.getState().check();
    await bridge.answer('mapping.secrets', { view: view('after'), taken: 1, unknown: [] });
    await read;
    await bridge.answer('mapping.check', {
      mappingId: 'm',
      rows: [{ row: 0 }],
    } as unknown as RouteOutput<'mapping.check'>);
    await checking;
    expect(useMapping.getState()).toMatchObject({ checking: null, complete: true });
  });

  it('of a list of passwords it says who was taken and who is not here', async () => {
    useMapping.setState({ view: view('before') });
    const read = useMapping.getState().readSecrets('target');
    await bridge.answer('mapping.secrets', { view: view('after'), taken: 2, unknown: ['carl'] });
    await read;
    expect(useMapping.getState().secretsSay).toBe('2 passwords were read. Not in this mapping: carl.');
  });
});

describe('projects', () => {
  const LIST = { projects: [], damaged: [] } as const;
  const ACTIONS: readonly (readonly [RouteName, () => Promise<unknown>])[] = [
    ['project.list', () => useProjects.getState().load()],
    ['project.rename', () => useProjects.getState().rename('p', 'x')],
    ['project.duplicate', () => useProjects.getState().duplicate('p')],
    ['project.remove', () => useProjects.getState().remove('p')],
  ];

  it.each(ACTIONS)('%s shows the new list, or says why not', async (route, act) => {
    const done = act();
    await bridge.answer(route, LIST);
    expect(await done).not.toBe(false);
    expect(useProjects.getState()).toMatchObject({ list: LIST, failure: null });
    const again = act();
    await bridge.refuse(route);
    expect(await again).not.toBe(true);
    expect(useProjects.getState()).toMatchObject({ list: LIST, failure: REFUSED });
  });

  it('a list that a later one has overtaken is dropped', async () => {
    const { load, remove } = useProjects.getState();
    const both = [load(), remove('p')];
    await bridge.answer('project.remove', { projects: [], damaged: [{ file: 'newest', message: '' }] });
    await bridge.answer('project.list', LIST);
    await Promise.all(both);
    expect(useProjects.getState().list?.damaged).toHaveLength(1);
  });
});

describe('a clean-up', () => {
  const RULES: RuleSet = { id: 'r', name: 'Prizes', rules: ['title~prize', 'outside=yes'], any: true, preset: false };
  const ACTIONS: readonly (readonly [RouteName, () => Promise<unknown>])[] = [
    ['cleanup.places', () => useCleanup.getState().findPlaces()],
    ['cleanup.places_of', () => useCleanup.getState().takeMapping('m', useCleanup.getState().way)],
    ['rules.list', () => useCleanup.getState().loadSets()],
    ['rules.save', () => useCleanup.getState().saveSet('x')],
    ['rules.remove', () => useCleanup.getState().removeSet('r')],
    ['cleanup.search', () => useCleanup.getState().search()],
    ['cleanup.pause', () => useCleanup.getState().pause(true)],
    ['cleanup.stop', () => useCleanup.getState().stop()],
    ['cleanup.keep', () => useCleanup.getState().keepMatches([1], true)],
    ['cleanup.keep', () => useCleanup.getState().keepClusters(['a'], true)],
  ];
  const READY = { places: { placesId: 'p', places: [], problems: [] }, searchId: 's' };

  it.each(ACTIONS)('%s that is refused says why, and nothing stays busy', async (route, act) => {
    useCleanup.setState(READY);
    const done = act();
    await bridge.refuse(route);
    expect(await done).not.toBe(true);
    expect(useCleanup.getState()).toMatchObject({ failure: REFUSED, opening: false, searching: false, paused: false });
  });

  it('finds places and searches all of them, and a search shows its result', async () => {
    const finding = useCleanup.getState().findPlaces();
    await bridge.answer('cleanup.places', {
      placesId: 'p',
      places: [{ id: 7, mailbox: 'anna', name: 'Calendar', inbox: false }],
      problems: [],
    });
    await finding;
    const searching = useCleanup.getState().search();
    await settled();
    expect(useCleanup.getState().searching).toBe(true);
    const result = { matches: 3, clusters: [] } as unknown as SearchResult;
    await bridge.answer('cleanup.search', { searchId: 'found', result });
    expect(await searching).toBe(true);
    expect(bridge.lastInput('cleanup.search').places).toEqual([7]);
    expect(useCleanup.getState()).toMatchObject({ searchId: 'found', result: { matches: 3 }, searching: false });
  });

  it('what is wrong with rules is said of the newest alone', async () => {
    const { setRules } = useCleanup.getState();
    setRules(['title~(']);
    setRules(['title~x']);
    await bridge.answer('rules.check', ['not valid']);
    await bridge.answer('rules.check', [null]);
    expect(useCleanup.getState().wrong).toEqual([null]);
  });

  it('rules stand in the place of others or beside them, each once', () => {
    const { setRules, takeSet } = useCleanup.getState();
    setRules(['outside=yes', 'answered=no']);
    takeSet(RULES, 'beside');
    expect(useCleanup.getState()).toMatchObject({ rules: ['outside=yes', 'answered=no', 'title~prize'], any: false });
    takeSet(RULES, 'instead');
    expect(useCleanup.getState()).toMatchObject({ rules: RULES.rules, any: true });
  });

  it('rules are lost only where no saved ones are the same', () => {
    expect(areUnsaved({ rules: [], sets: [] })).toBe(false);
    expect(areUnsaved({ rules: ['outside=yes'], sets: [RULES] })).toBe(true);
    expect(areUnsaved({ rules: RULES.rules, sets: [RULES] })).toBe(false);
  });

  it('users that were typed stay when the calendars of a mapping are taken', async () => {
    useCleanup.setState({ users: 'anna, ben' });
    const taking = useCleanup.getState().takeMapping('m', useCleanup.getState().way);
    await bridge.answer('cleanup.places_of', { placesId: 'p', places: [], problems: [] });
    await taking;
    expect(useCleanup.getState().users).toBe('anna, ben');
  });
});

describe('a batch', () => {
  const PLAN = { planId: 'p', summary: { hash: 'h' }, members: [] } as unknown as RouteOutput<'batch.undo'>;
  const ORIGIN = { batchId: 'b', kind: 'migrate' } as BatchEntry;
  const SNAPSHOT = {
    seq: 0,
    snapshot: { ...useMigrateBatch.getState().snapshot, kind: 'migrate' },
  } as unknown as RouteOutput<'batch.snapshot'>;

  it('a plan that another one has overtaken is dropped, and let go', async () => {
    const { make } = useMigrateBatch.getState();
    const answers: ((plan: typeof PLAN) => void)[] = [];
    const work = (): Promise<typeof PLAN> => new Promise((resolve) => answers.push(resolve));
    const both = [make('migrate', null, work), make('migrate', null, work)];
    answers[1]?.({ ...PLAN, planId: 'newest' });
    await settled();
    answers[0]?.({ ...PLAN, planId: 'late' });
    expect(await Promise.all(both)).toEqual([false, true]);
    expect(useMigrateBatch.getState()).toMatchObject({ plan: { planId: 'newest' }, planning: false });
    expect(bridge.lastInput('batch.discard')).toEqual({ planId: 'late' });
  });

  it.each([
    ['batch.start', () => useMigrateBatch.getState().start(null)],
    ['batch.resume', () => useMigrateBatch.getState().resume(ORIGIN, null)],
  ] as const)('%s shows what goes on, once; refused, it says why', async (route, act) => {
    useMigrateBatch.setState({ plan: PLAN });
    const begun = act();
    await bridge.answer(route, { batchId: 'b' });
    await bridge.answer('batch.snapshot', SNAPSHOT);
    expect(await begun).toBe(true);
    expect(useMigrateBatch.getState()).toMatchObject({ batchId: 'b', starting: false, failure: null });

    useMigrateBatch.setState({ plan: PLAN, batchId: null });
    const again = act();
    await bridge.refuse(route);
    if (route === 'batch.resume') await bridge.refuse('batch.report');
    expect(await again).toBe(false);
    expect(useMigrateBatch.getState()).toMatchObject({ starting: false, failure: REFUSED });
  });

  it('two clicks start it once', async () => {
    useMigrateBatch.setState({ plan: PLAN });
    const both = [useMigrateBatch.getState().start(null), useMigrateBatch.getState().start(null)];
    await bridge.answer('batch.start', { batchId: 'b' });
    await bridge.answer('batch.snapshot', SNAPSHOT);
    expect(await Promise.all(both)).toEqual([true, false]);
    expect(bridge.asked.filter(({ route }) => route === 'batch.start')).toHaveLength(1);
  });

  it.each([
    ['batch.pause', () => useMigrateBatch.getState().pause(true)],
    ['batch.stop', () => useMigrateBatch.getState().stop()],
    ['batch.report', () => useMigrateBatch.getState().showReport(ORIGIN)],
  ] as const)('%s that is refused says why', async (route, act) => {
    useMigrateBatch.setState({ batchId: 'b' });
    const done = act();
    await bridge.refuse(route);
    await done;
    expect(useMigrateBatch.getState().failure).toEqual(REFUSED);
  });

  it('a report that comes after another batch was opened is dropped', async () => {
    const { showReport } = useMigrateBatch.getState();
    const first = showReport(ORIGIN);
    const second = showReport({ ...ORIGIN, batchId: 'second' });
    const report = (batchId: string) => ({ batch: { batchId } }) as unknown as RouteOutput<'batch.report'>;
    await settled();
    const [late, newest] = bridge.waiting;
    newest?.answer(report('second'));
    await settled();
    late?.answer(report('b'));
    await Promise.all([first, second]);
    expect(useMigrateBatch.getState().report).toMatchObject({ batch: { batchId: 'second' } });
  });
});
