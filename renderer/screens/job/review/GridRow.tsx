import { memo, type JSX } from 'react';
import type { PlanRow } from '../../../../shared/model/plan.ts';
import { useRows, writes } from '../../../stores/job/rows.ts';
import type { Column } from './columns.tsx';
import { ROW_HEIGHT } from './useRowWindow.ts';

interface GridRowProps {
  readonly index: number;
  /** Undefined while it is on its way. */
  readonly row: PlanRow | undefined;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly current: boolean;
  /** A deed is about it. */
  readonly marked: boolean;
}

/**
 * One row; drawn anew only when it changes. Clicking opens the drawer, with Shift or Ctrl it marks more rows; the tick says
 * whether it is written.
 */
export const GridRow = memo(function GridRow(props: GridRowProps): JSX.Element {
  const { index, row, columns, template, current, marked } = props;
  const { setCursor, openRow } = useRows.getState();
  return (
    <div
      role="row"
      id={row === undefined ? undefined : `row-${String(row.id)}`}
      aria-rowindex={index + 2}
      aria-selected={marked}
      data-index={index}
      className={[
        'grid-row',
        current ? 'current' : '',
        marked ? 'marked' : '',
        row?.excluded === true ? 'excluded' : '',
      ].join(' ')}
      style={{ gridTemplateColumns: template, transform: `translateY(${String(index * ROW_HEIGHT)}px)` }}
      onClick={(event) => {
        const more = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'alone';
        setCursor(index, more);
        if (row !== undefined && more === 'alone') openRow(row.id);
      }}
    >
      <span role="gridcell" className="cell tick-cell">
        {row !== undefined && writes(row) && <Tick row={row} />}
      </span>
      {columns.map((column) => (
        <span key={column.id} role="gridcell" className={`cell ${column.className}`}>
          {row === undefined ? <span className="ghost" /> : column.render(row)}
        </span>
      ))}
    </div>
  );
});

/** The platform's own: dozens of them are drawn in each frame of a fast scroll. */
function Tick({ row }: { readonly row: PlanRow }): JSX.Element {
  return (
    <input
      type="checkbox"
      className="row-tick"
      aria-label={`Write ${row.title === '' ? 'this event' : row.title}`}
      checked={!row.excluded}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
      }}
      onChange={(event) => void useRows.getState().tick(row, event.currentTarget.checked)}
    />
  );
}
