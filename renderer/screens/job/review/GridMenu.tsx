import { useState, type JSX, type MouseEvent, type ReactNode, type RefObject } from 'react';
import { call } from '../../../bridge/client.ts';
import type { PlanRow } from '../../../../shared/model/plan.ts';
import { toFailure } from '../../../../shared/model/failure.ts';
import { copyText } from '../../../components/copy-text.ts';
import { RowMenu, spotOf, type MenuEntry, type Spot } from '../../../components/list/RowMenu.tsx';
import { usePlan } from '../../../stores/job/plan.ts';
import { rowAt } from '../../../stores/job/rowcache.ts';
import { useRows, writes } from '../../../stores/job/rows.ts';
import { countIn, holds } from '../../../stores/job/spans.ts';
import { plural, shortAddress } from '../../../words/format.ts';
import { RESOLUTION_ORDER, RESOLUTION_WORDS } from '../../../words/resolutions.ts';

interface GridMenu {
  readonly ask: (event: MouseEvent<HTMLDivElement>) => void;
  readonly shown: ReactNode;
}

/** The menu of the rows: where the pointer is, or at the row under the cursor when a key asks for it. */
export function useGridMenu(grid: RefObject<HTMLDivElement | null>): GridMenu {
  const [at, setAt] = useState<Spot | null>(null);
  const cursor = useRows((state) => state.cursor);
  const row = useRows((state) => rowAt(state.cache, state.cursor));
  return {
    ask(event) {
      if (!(event.target instanceof Element) || event.target.closest('[role="columnheader"]') !== null) return;
      event.preventDefault();
      const clicked = event.target.closest<HTMLElement>('[data-index]');
      const index = clicked === null ? cursor : Number(clicked.dataset['index']);
      const { marks, setCursor } = useRows.getState();
      // A click on one of the marked rows is about all of them.
      if (holds(marks, index)) useRows.setState({ cursor: index });
      else setCursor(index);
      setAt(spotOf(event, clicked ?? grid.current?.querySelector(`[data-index="${String(index)}"]`) ?? null));
    },
    shown: at !== null && row !== undefined && (
      <RowMenu
        key={`${String(at.x)} ${String(at.y)}`}
        label={`Menu of ${row.title === '' ? 'this event' : row.title}`}
        at={at}
        entries={entriesFor(row)}
        onClose={() => {
          setAt(null);
          grid.current?.focus();
        }}
      />
    ),
  };
}

function entriesFor(row: PlanRow): readonly MenuEntry[] {
  const { openRow, setFilter, filter, marks } = useRows.getState();
  const many = countIn(marks) > 1;
  const { organizer } = row;
  return [
    {
      label: 'Open',
      run: () => {
        openRow(row.id);
      },
    },
    ...deedsFor(row, many),
    ...(row.title === '' ? [] : [copies('Copy title', row.title, true)]),
    ...(row.uid === '' ? [] : [copies('Copy UID', row.uid, row.title === '')]),
    ...(organizer === null ? [] : [copies('Copy address of the organizer', shortAddress(organizer))]),
    { label: 'Copy raw text', run: () => void copyRaw(row.id) },
    ...(organizer === null || filter.organizer !== undefined
      ? []
      : [
          {
            label: 'Show only this organizer',
            begins: true,
            run: () => {
              setFilter({ organizer });
            },
          },
        ]),
  ];
}

/** What can be done with the marked rows. */
function deedsFor(row: PlanRow, many: boolean): readonly MenuEntry[] {
  const { tickMarked, resolveMarked } = useRows.getState();
  const deeds: MenuEntry[] = [];
  const these = many ? ' all marked events' : '';
  if (many || (writes(row) && row.excluded)) deeds.push({ label: `Include${these}`, run: () => void tickMarked(true) });
  if (many || (writes(row) && !row.excluded))
    deeds.push({ label: `Leave out${these}`, run: () => void tickMarked(false) });
  if (row.action === 'conflict' || row.decided !== undefined) {
    for (const choice of RESOLUTION_ORDER)
      deeds.push({ label: RESOLUTION_WORDS[choice].deed, run: () => void resolveMarked(choice) });
  }
  return deeds.map((deed, at) => (at === 0 ? { ...deed, begins: true } : deed));
}

function copies(label: string, text: string, begins = false): MenuEntry {
  return { label, begins, run: () => copyText(text) };
}

async function copyRaw(row: number): Promise<void> {
  const planId = usePlan.getState().plan?.planId;
  if (planId === undefined) return;
  try {
    copyText((await call('plan.row', { planId, row })).raw);
  } catch (thrown) {
    useRows.setState({ failure: toFailure(thrown) });
  }
}

/** How many rows are marked, where more than one is, and what can be done with them. */
export function MarkedRows(): JSX.Element | null {
  const count = useRows((state) => countIn(state.marks));
  const tickMarked = useRows((state) => state.tickMarked);
  if (count < 2) return null;
  return (
    <span className="row" role="group" aria-label="Marked events">
      <span role="status">{plural(count, 'event')} marked:</span>
      <button type="button" className="link" onClick={() => void tickMarked(true)}>
        Include
      </button>
      <button type="button" className="link" onClick={() => void tickMarked(false)}>
        Leave out
      </button>
    </span>
  );
}
