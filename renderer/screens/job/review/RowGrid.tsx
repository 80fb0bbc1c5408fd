import { Checkbox } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconSearchOff } from '@tabler/icons-react';
import { useMemo, useRef, type JSX, type KeyboardEvent } from 'react';
import { EmptyState } from '../../../components/frame/EmptyState.tsx';
import { usePlan } from '../../../stores/job/plan.ts';
import { rowAt } from '../../../stores/job/rowcache.ts';
import { useRows, writes } from '../../../stores/job/rows.ts';
import { countWrites } from '../../../words/consent.ts';
import { formatNumber } from '../../../words/format.ts';
import { columnsFor, templateOf, type Column } from './columns.tsx';
import { GridRow } from './GridRow.tsx';
import { SettleAll } from './Settle.tsx';
import { ROW_HEIGHT, useRowWindow, type RowWindow } from './useRowWindow.ts';

/** The list of events: any number of rows stays smooth, for only what is in sight is drawn and fetched. */
export function RowGrid(): JSX.Element {
  const numbers = useRows((state) => state.numbers);
  const cache = useRows((state) => state.cache);
  const cursor = useRows((state) => state.cursor);
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize();
  const columns = useMemo(() => columnsFor(width === 0 ? 560 : width), [width]);
  const total = numbers?.matching ?? 0;
  const view = useRowWindow(scroller, total);
  const template = templateOf(columns);
  const current = rowAt(cache, cursor);
  return (
    <div className="grid-frame" ref={ref}>
      <div
        className="grid"
        role="grid"
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
    </div>
  );
}

function Head({ columns, template }: { readonly columns: readonly Column[]; readonly template: string }): JSX.Element {
  return (
    <div role="rowgroup" className="grid-top">
      <div role="row" aria-rowindex={1} className="grid-head" style={{ gridTemplateColumns: template }}>
        <span role="columnheader" className="cell tick-cell">
          <TickAll />
        </span>
        {columns.map((column) => (
          <span
            key={column.id}
            role="columnheader"
            className={`cell ${column.className.includes('number') ? 'number' : ''}`}
          >
            {column.label}
          </span>
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
      <SettleAll />
    </div>
  );
}

function moveByKey(event: KeyboardEvent<HTMLDivElement>, total: number, view: RowWindow): void {
  if (event.target !== event.currentTarget || total === 0) return;
  const { cursor, cache, setCursor, openRow, tick } = useRows.getState();
  const next = nextIndex(event.key, cursor, total, view.page);
  const row = rowAt(cache, cursor);
  if (next !== null) {
    setCursor(next);
    view.show(next);
  } else if (event.key === ' ' && row !== undefined) {
    if (writes(row)) void tick(row, row.excluded);
  } else if (event.key === 'Enter' && row !== undefined) openRow(row.id);
  else if (event.key === 'Escape') openRow(null);
  else return;
  event.preventDefault();
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
