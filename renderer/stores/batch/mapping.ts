import { create } from 'zustand';
import { call, dropInto } from '../../bridge/client.ts';
import type { PushData } from '../../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { CheckedRow, MappingCell, MappingSetup, MappingView } from '../../../shared/model/batch/mapping-view.ts';
import { formatNumber } from '../../words/format.ts';

interface Checking {
  readonly done: number;
  readonly of: number;
}

interface MappingState {
  readonly view: MappingView | null;
  readonly busy: boolean;
  /** A change is on its way: what stands there is not kept yet. */
  readonly saving: boolean;
  readonly failure: Failure | null;
  /** What came of the last list of passwords that was read. */
  readonly secretsSay: string | null;
  readonly checking: Checking | null;
  readonly checked: ReadonlyMap<number, CheckedRow>;
  /** Every row has been looked at, as it is now. */
  readonly complete: boolean;
  readonly begin: () => Promise<void>;
  readonly sample: () => Promise<void>;
  /** Looks once more under which name it is kept, and what was begun with it last. */
  readonly look: () => Promise<void>;
  /** Keeps it under a name; whether that was taken. */
  readonly nameProject: (name: string) => Promise<boolean>;
  /** In the place of the mapping that is there. */
  readonly openProject: (id: string) => Promise<void>;
  readonly choose: () => Promise<void>;
  readonly drop: (files: readonly File[]) => Promise<void>;
  readonly paste: (text: string) => Promise<void>;
  readonly add: () => Promise<void>;
  readonly edit: (row: number, cell: MappingCell, value: string) => Promise<void>;
  readonly chooseSource: (row: number, what: 'files' | 'folder') => Promise<void>;
  readonly chooseFolder: () => Promise<void>;
  readonly remove: (rows: readonly number[]) => Promise<void>;
  readonly change: (part: Partial<MappingSetup>) => Promise<void>;
  readonly setSecret: (side: 'target' | 'source', user: string, password: string) => Promise<boolean>;
  readonly readSecrets: (side: 'target' | 'source') => Promise<void>;
  readonly check: () => Promise<void>;
  readonly stopCheck: () => Promise<void>;
  readonly exportResolved: () => Promise<void>;
}

/** The mapping lies in the main process: each change goes there and comes back as the whole view. */
export const useMapping = create<MappingState>()((set, get) => {
  const show = (view: MappingView): void => {
    // What was checked was another mapping.
    set({ view, checked: new Map(), complete: false });
  };
  /** Changes that are on their way or wait: one after the other, for each is made to what the one before left. */
  let waiting: Promise<void> = Promise.resolve();
  let many = 0;
  let onTheWay = 0;
  const inTurn = (work: (mappingId: string) => Promise<MappingView | null>): Promise<void> => {
    onTheWay += 1;
    set({ saving: true });
    waiting = waiting.then(async () => {
      try {
        const view = await work(await idOf());
        if (view !== null) show(view);
      } catch (thrown) {
        set({ failure: toFailure(thrown) });
      }
      onTheWay -= 1;
      set({ saving: onTheWay > 0 });
    });
    return waiting;
  };
  const ask = async (work: (mappingId: string) => Promise<MappingView | null>): Promise<void> => {
    many += 1;
    set({ busy: true, failure: null, secretsSay: null });
    await inTurn(work);
    many -= 1;
    set({ busy: many > 0 });
  };
  const idOf = async (): Promise<string> => {
    const known = get().view?.mappingId;
    if (known !== undefined) return known;
    const view = await call('mapping.begin', {});
    set({ view });
    return view.mappingId;
  };
  return {
    view: null,
    busy: false,
    saving: false,
    failure: null,
    secretsSay: null,
    checking: null,
    checked: new Map(),
    complete: false,
    begin: () => ask(() => call('mapping.begin', {})),
    sample: () => ask(() => call('mapping.sample', {})),
    async look() {
      const { view } = get();
      if (view === null) return;
      try {
        const { project } = await call('mapping.show', { mappingId: view.mappingId });
        const now = get().view;
        if (now?.mappingId === view.mappingId) set({ view: { ...now, project } });
      } catch (thrown) {
        set({ failure: toFailure(thrown) });
      }
    },
    async nameProject(name) {
      await ask((mappingId) => call('project.create', { mappingId, name }));
      return get().failure === null;
    },
    openProject: (id) => ask(() => call('project.open', { id })),
    choose: () => ask((mappingId) => call('mapping.choose', { mappingId })),
    drop: (files) => ask((mappingId) => dropInto('mapping.drop', { mappingId, paths: [] }, files)),
    paste: (text) => ask((mappingId) => call('mapping.paste', { mappingId, text })),
    add: () => ask((mappingId) => call('mapping.add', { mappingId })),
    // Not busy: a button that is disabled under the pointer would swallow the click that left the cell.
    edit: async (row, cell, value) => {
      set({ failure: null, secretsSay: null });
      await inTurn((mappingId) => call('mapping.edit', { mappingId, row, cell, value }));
    },
    chooseSource: (row, what) => ask((mappingId) => call('mapping.source', { mappingId, row, what })),
    chooseFolder: () => ask((mappingId) => call('mapping.folder', { mappingId })),
    remove: (rows) => ask((mappingId) => call('mapping.remove', { mappingId, rows: [...rows] })),
    change: (part) =>
      ask(async (mappingId) => {
        const setup = get().view?.setup;
        return setup === undefined ? null : call('mapping.setup', { mappingId, setup: { ...setup, ...part } });
      }),
    async setSecret(side, user, password) {
      await ask((mappingId) => call('mapping.secret', { mappingId, side, user, password }));
      return get().failure === null;
    },
    readSecrets: (side) =>
      ask(async (mappingId) => {
        const read = await call('mapping.secrets', { mappingId, side });
        if (read === null) return null;
        show(read.view);
        set({ secretsSay: sayTaken(read.taken, read.unknown) });
        return null;
      }),
    async check() {
      const before = get().view;
      if (before === null || get().checking !== null) return;
      set({ checking: { done: 0, of: before.rows.length }, checked: new Map(), complete: false, failure: null });
      try {
        // A change that is on its way, as passwords that are being read, belongs to what is checked.
        await waiting;
        const view = get().view ?? before;
        const { rows } = await call('mapping.check', { mappingId: view.mappingId });
        // Unless a row was changed while the check went on.
        if (get().view === view) set({ checked: new Map(rows.map((row) => [row.row, row])), complete: true });
      } catch (thrown) {
        set({ failure: toFailure(thrown) });
      }
      set({ checking: null });
    },
    async stopCheck() {
      const { view } = get();
      if (view !== null) await call('mapping.stop', { mappingId: view.mappingId });
    },
    async exportResolved() {
      const { view } = get();
      if (view === null) return;
      try {
        await call('mapping.export', { mappingId: view.mappingId });
      } catch (thrown) {
        set({ failure: toFailure(thrown) });
      }
    },
  };
});

function sayTaken(taken: number, unknown: readonly string[]): string {
  const took = taken === 1 ? 'One password was read.' : `${formatNumber(taken)} passwords were read.`;
  if (unknown.length === 0) return took;
  const named = unknown.slice(0, 3).join(', ');
  const more = unknown.length > 3 ? ` and ${formatNumber(unknown.length - 3)} more` : '';
  return `${took} Not in this mapping: ${named}${more}.`;
}

/** Takes over how far a check is; only of the mapping on screen, and only while it is being checked. */
export function showChecked({ mappingId, done, of, rows }: PushData<'mapping.checked'>): void {
  const { view, checking, checked } = useMapping.getState();
  if (checking === null || view?.mappingId !== mappingId) return;
  const next = new Map(checked);
  for (const row of rows) next.set(row.row, row);
  useMapping.setState({ checking: { done, of }, checked: next });
}
