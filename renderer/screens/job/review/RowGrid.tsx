import { Checkbox } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconSearchOff } from '@tabler/icons-react';
import { useMemo, useRef, type JSX, type KeyboardEvent } from 'react';
import { HeadCell } from '../../../components/list/HeadCell.tsx';
import { EmptyState } from '../../../components/frame/EmptyState.tsx';
import { usePlan } from '../../../stores/job/plan.ts';
import { rowAt } from '../../../stores/job/rowcache.ts';
import { useRows, writes } from '../../../stores/job/rows.ts';
import { countIn, holds } from '../../../stores/job/spans.ts';
import { useWidthsOf } from '../../../stores/widths.ts';
import { countWrites } from '../../../words/consent.ts';
import { formatNumber } from '../../../words/format.ts';
import { columnsFor, edgeOf, templateOf, type Column } from './columns.tsx';
import { GridRow } from './GridRow.tsx';
import { MarkedRows, useGridMenu } from './GridMenu.tsx';
import { SettleAll } from './Settle.tsx';
import { ROW_HEIGHT, useRowWindow, type RowWindow } from './useRowWindow.ts';

const LIST = 'plan';
const NOT_KNOWN = { organizer: true, acting: true };

/** The list of events: any number of rows stays smooth, for only what is in sight is drawn and fetched. */
export function RowGrid(): JSX.Element {
  const numbers = useRows((state) => state.numbers);
  const cache = useRows((state) => state.cache);
  const cursor = useRows((state) => state.cursor);
  const marks = useRows((state) => state.marks);
  const widths = useWidthsOf(LIST);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize();
  const varied = numbers?.varied ?? NOT_KNOWN;
  const columns = useMemo(() => columnsFor(width === 0 ? 560 : width, varied), [width, varied]);
  const total = numbers?.matching ?? 0;
  const view = useRowWindow(scroller, total);
  const template = templateOf(columns, widths);
  const current = rowAt(cache, cursor);
  const menu = useGridMenu(grid);
  return (
    <div className="grid-frame" ref={ref}>
      <div
        className="grid"
        role="grid"
        ref={grid}
        aria-label="Events of the plan"
        aria-rowcount={total + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-activedescendant={current === undefined ? undefined : `row-${String(current.id)}`}
        tabIndex={0}
        data-testid="row-grid"
        onKeyDown={(event) => {
          moveByKey(event, total, view);
        }}
        onContextMenu={menu.ask}
      >
        <div className="grid-scroll" ref={scroller} role="presentation">
          <Head columns={columns} template={template} />
          <div role="rowgroup" className="grid-rows" style={{ height: total * ROW_HEIGHT }}>
            {view.indexes.map((index) => (
              <GridRow
                key={index}
                index={index}
                row={rowAt(cache, index)}
                columns={columns}
                template={template}
                current={index === cursor}
                marked={holds(marks, index)}
              />
            ))}
          </div>
          {numbers !== null && total === 0 && (
            <EmptyState icon={<IconSearchOff size={30} stroke={1.5} aria-hidden />} title="No event matches">
              Change the search, the action or the months to see others. The plan itself is unchanged.
            </EmptyState>
          )}
        </div>
      </div>
      <GridFoot />
      {menu.shown}
    </div>
  );
}

function Head({ columns, template }: { readonly columns: readonly Column[]; readonly template: string }): JSX.Element {
  const sort = useRows((state) => state.sort);
  const sortBy = useRows((state) => state.sortBy);
  const stop = columns.find(({ id }) => id === sort?.by) ?? columns[0];
  return (
    <div role="rowgroup" className="grid-top">
      <div role="row" aria-rowindex={1} className="grid-head" style={{ gridTemplateColumns: template }}>
        <span role="columnheader" className="cell tick-cell">
          <TickAll />
        </span>
        {columns.map((column, at) => (
          <HeadCell
            key={column.id}
            list={LIST}
            id={column.id}
            label={column.label}
            className={column.className.includes('number') ? 'number' : ''}
            edge={edgeOf(columns, at)}
            sorted={sort?.by === column.id ? (sort.descending ? 'descending' : 'ascending') : null}
            isStop={column === stop}
            onSort={() => {
              sortBy(column.id);
            }}
          />
        ))}
      </div>
    </div>
  );
}

function TickAll(): JSX.Element {
  const numbers = useRows((state) => state.numbers);
  const tickAll = useRows((state) => state.tickAll);
  const ticked = numbers?.matchingWrites ?? 0;
  const excluded = numbers?.matchingExcluded ?? 0;
  return (
    <Checkbox
      aria-label="Tick all that the filter shows"
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
  if (numbers === null) return <div className="grid-foot" />;
  const { matching, matchingWrites, matchingExcluded } = numbers;
  const hidden = all - matchingWrites;
  return (
    <div className="grid-foot">
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

function moveByKey(event: KeyboardEvent<HTMLDivElement>, total: number, view: RowWindow): void {
  if (event.target !== event.currentTarget || total === 0) return;
  const { cursor, cache, setCursor, openRow, markAll } = useRows.getState();
  const next = nextIndex(event.key, cursor, total, view.page);
  const row = rowAt(cache, cursor);
  if (next !== null) {
    setCursor(next, event.shiftKey ? 'range' : 'alone');
    view.show(next);
  } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) markAll();
  else if (event.key === ' ') tickByKey();
  else if (event.key === 'Enter' && row !== undefined) openRow(row.id);
  else if (event.key === 'Escape') openRow(null);
  else return;
  event.preventDefault();
}

/** All marked rows become what the one under the cursor becomes. */
function tickByKey(): void {
  const { cursor, cache, numbers, marks, tick, tickMarked } = useRows.getState();
  const row = rowAt(cache, cursor);
  const own = row !== undefined && writes(row) ? row : null;
  if (countIn(marks) > 1) void tickMarked(own?.excluded ?? (numbers?.matchingExcluded ?? 0) > 0);
  else if (own !== null) void tick(own, own.excluded);
}

function nextIndex(key: string, at: number, total: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(total - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'PageDown':
      return Math.min(total - 1, at + page);
    case 'PageUp':
      return Math.max(0, at - page);
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
