import { Checkbox } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useCallback, useMemo, type JSX } from 'react';
import type { PlanRow } from '../../../../shared/model/plan.ts';
import { EmptyState } from '../../../components/frame/EmptyState.tsx';
import { DesktopList } from '../../../components/list/DesktopList.tsx';
import { RowTick } from '../../../components/list/ListRow.tsx';
import { usePlan } from '../../../stores/job/plan.ts';
import { rowAt } from '../../../stores/job/rowcache.ts';
import { useRows, writes } from '../../../stores/job/rows.ts';
import { countIn } from '../../../stores/job/spans.ts';
import { countWrites } from '../../../words/consent.ts';
import { formatNumber } from '../../../words/format.ts';
import { columnsFor, isPlanColumn } from './columns.tsx';
import { menuOfRow, MarkedRows } from './GridMenu.tsx';
import { SettleAll } from './Settle.tsx';
import grid from '../../../components/list/grid.module.css';
import frame from '../../../components/frame/frame.module.css';

const NOT_KNOWN = { organizer: true, acting: true };

/** The list of events: any number of rows stays smooth, for only what is in sight is drawn and fetched. */
export function RowGrid(): JSX.Element {
  const { numbers, cache, cursor, marks, sort, setCursor, markAll, openRow, need, sortBy } = useRows();
  const varied = numbers?.varied ?? NOT_KNOWN;
  const columns = useMemo(() => columnsFor(varied), [varied]);
  const at = useCallback((index: number) => rowAt(cache, index), [cache]);
  const marking = useMemo(() => ({ cursor, marks }), [cursor, marks]);
  return (
    <div className={frame.gridFrame}>
      <DesktopList<PlanRow>
        list="plan"
        label="Events of the plan"
        columns={columns}
        total={numbers?.matching ?? 0}
        at={at}
        need={need}
        idOf={idOfRow}
        sort={sort}
        sortBy={(column) => {
          if (isPlanColumn(column)) sortBy(column);
        }}
        marking={marking}
        mark={setCursor}
        markAll={markAll}
        onOpen={({ id }) => {
          openRow(id);
        }}
        onClose={() => {
          openRow(null);
        }}
        onSpace={tickByKey}
        ticks={{ all: <TickAll />, of: (row) => writes(row) && <Tick row={row} /> }}
        menuOf={menuOfRow}
        nameOf={({ title }) => (title === '' ? 'this event' : title)}
        rowClass={({ excluded }) => (excluded ? grid.excluded : '')}
        testId="row-grid"
        empty={
          numbers !== null && (
            <EmptyState icon={<IconSearchOff size={30} stroke={1.5} aria-hidden />} title="No event matches">
              Change the search, the action or the months to see others. The plan itself is unchanged.
            </EmptyState>
          )
        }
      />
      <GridFoot />
    </div>
  );
}

function idOfRow({ id }: PlanRow): number {
  return id;
}

function Tick({ row }: { readonly row: PlanRow }): JSX.Element {
  return (
    <RowTick
      label={`Write ${row.title === '' ? 'this event' : row.title}`}
      checked={!row.excluded}
      onChange={(include) => void useRows.getState().tick(row, include)}
    />
  );
}

function TickAll(): JSX.Element {
  const numbers = useRows((state) => state.numbers);
  const tickAll = useRows((state) => state.tickAll);
  const ticked = numbers?.matchingWrites ?? 0;
  const excluded = numbers?.matchingExcluded ?? 0;
  return (
    <Checkbox
      aria-label="Select all that the filter shows"
      checked={ticked > 0 && excluded === 0}
      indeterminate={ticked > 0 && excluded > 0}
      disabled={ticked + excluded === 0}
      tabIndex={0}
      onChange={() => void tickAll(excluded > 0)}
    />
  );
}

function GridFoot(): JSX.Element {
  const numbers = useRows((state) => state.numbers);
  const all = usePlan(({ plan }) => (plan === null ? 0 : countWrites(plan.summary)));
  if (numbers === null) return <div className={frame.gridFoot} />;
  const { matching, matchingWrites, matchingExcluded } = numbers;
  const hidden = all - matchingWrites;
  return (
    <div className={frame.gridFoot} data-testid="grid-foot">
      <span role="status">
        Showing {formatNumber(matching)}, {formatNumber(matchingWrites)} selected
        {matchingExcluded > 0 && `, ${formatNumber(matchingExcluded)} left out`}
        {hidden > 0 &&
          ` · ${formatNumber(hidden)} more selected but not shown: the button is about all ${formatNumber(all)}`}
      </span>
      <MarkedRows />
      <SettleAll />
    </div>
  );
}

/** All marked rows become what the one under the cursor becomes. */
function tickByKey(): void {
  const { cursor, cache, numbers, marks, tick, tickMarked } = useRows.getState();
  const row = rowAt(cache, cursor);
  const own = row !== undefined && writes(row) ? row : null;
  if (countIn(marks) > 1) void tickMarked(own?.excluded ?? (numbers?.matchingExcluded ?? 0) > 0);
  else if (own !== null) void tick(own, own.excluded);
}
