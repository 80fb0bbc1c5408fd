import type { JSX } from 'react';
import { call } from '../../../bridge/client.ts';
import type { PlanRow } from '../../../../shared/model/plan.ts';
import { toFailure } from '../../../../shared/model/failure.ts';
import { copyText } from '../../../bridge/copy-text.ts';
import type { MenuEntry } from '../../../components/list/RowMenu.tsx';
import { begun, copies } from '../../../components/list/useListMenu.tsx';
import { usePlan } from '../../../stores/job/plan.ts';
import { useRows, writes } from '../../../stores/job/rows.ts';
import { countIn } from '../../../stores/job/spans.ts';
import { plural, shortAddress } from '../../../words/format.ts';
import { RESOLUTION_ORDER, RESOLUTION_WORDS } from '../../../words/resolutions.ts';
import parts from '../../../components/parts.module.css';

/** What can be done with a row of the plan, or with all that are marked. */
export function menuOfRow(row: PlanRow, many: boolean): readonly MenuEntry[] {
  const { openRow, setFilter, filter } = useRows.getState();
  const { organizer } = row;
  return [
    {
      label: 'Open',
      run: () => {
        openRow(row.id);
      },
    },
    ...deedsFor(row, many),
    ...begun([
      ...copies('Copy title', row.title),
      ...copies('Copy UID', row.uid),
      ...(organizer === null ? [] : copies('Copy address of the organizer', shortAddress(organizer))),
      { label: 'Copy raw text', run: () => void copyRaw(row.id) },
    ]),
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
    // Out of the trash bin is for single events: see the drawer.
    for (const choice of RESOLUTION_ORDER.filter((one) => one !== 'trash'))
      deeds.push({ label: RESOLUTION_WORDS[choice].deed, run: () => void resolveMarked(choice) });
  }
  return begun(deeds);
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
      <button type="button" className={parts.link} onClick={() => void tickMarked(true)}>
        Include
      </button>
      <button type="button" className={parts.link} onClick={() => void tickMarked(false)}>
        Leave out
      </button>
    </span>
  );
}
