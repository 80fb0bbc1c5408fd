import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { JSX, KeyboardEvent, PointerEvent } from 'react';
import { classes } from '../classes.ts';
import { useWidths } from '../../stores/widths.ts';
import styles from './grid.module.css';

/** CSS pixels. */
const NARROWEST = 40;
/** What the column that takes the rest keeps, CSS pixels. */
const REST = 90;
/** How much wider one press makes a column, CSS pixels. */
const BY_KEY = 16;

interface HeadCellProps {
  readonly list: string;
  readonly id: string;
  readonly label: string;
  readonly className?: string;
  /** On which side of the column is its border to the column that takes the rest; that one itself has none. */
  readonly edge: 'left' | 'right' | null;
  /** Null: the list is not in the order of this column. */
  readonly sorted: 'ascending' | 'descending' | null;
  /** Whether Tab comes here; arrow keys go on from it. */
  readonly isStop: boolean;
  readonly onSort: () => void;
}

/**
 * The head of a column: a click or Enter puts the list in its order, a second turns it round, a third is the list's own
 * order again. Its border is dragged, or moved with Shift and an arrow; a double click makes it as wide as it was.
 */
export function HeadCell(props: HeadCellProps): JSX.Element {
  const { list, id, label, className = '', edge, sorted, isStop, onSort } = props;
  const setWidth = useWidths((state) => state.setWidth);
  const Arrow = sorted === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <span
      role="columnheader"
      aria-sort={sorted ?? undefined}
      className={classes(styles.cell, styles.headCell, className)}
      data-column={id}
      data-rest={edge === null ? '' : undefined}
    >
      <button
        type="button"
        className={styles.headButton}
        tabIndex={isStop ? 0 : -1}
        title={edge === null ? undefined : 'Shift and an arrow key change the width'}
        onClick={onSort}
        onKeyDown={(event) => {
          moveOrWiden(event, (by) => {
            if (edge !== null) setWidth(list, id, widthOf(event.currentTarget, edge === 'left' ? -by : by));
          });
        }}
      >
        <span className="ellipsis">{label}</span>
        {sorted !== null && <Arrow size={12} stroke={2.2} aria-hidden />}
      </button>
      {edge !== null && (
        <i
          className={classes(styles.columnEdge, styles[edge])}
          data-testid="column-edge"
          aria-hidden
          onPointerDown={(event) => {
            drag(event, edge, (width) => {
              setWidth(list, id, width);
            });
          }}
          onDoubleClick={() => {
            setWidth(list, id, null);
          }}
        />
      )}
    </span>
  );
}

/** The width of the cell that holds an element, made wider by so much as the column that takes the rest can give. */
function widthOf(element: Element, by: number): number {
  const cell = element.closest('[role="columnheader"]');
  if (cell === null) return NARROWEST;
  const rest = cell.parentElement?.querySelector('[data-rest]')?.getBoundingClientRect().width ?? 0;
  const width = cell.getBoundingClientRect().width;
  return Math.round(Math.max(NARROWEST, Math.min(width + by, width + Math.max(0, rest - REST))));
}

function moveOrWiden(event: KeyboardEvent<HTMLButtonElement>, widen: (by: number) => void): void {
  const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (way === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.shiftKey) {
    widen(way * BY_KEY);
    return;
  }
  const row = event.currentTarget.closest('[role="row"]');
  const buttons = [...(row?.querySelectorAll<HTMLButtonElement>('[role="columnheader"] button') ?? [])];
  buttons[buttons.indexOf(event.currentTarget) + way]?.focus();
}

function drag(event: PointerEvent<HTMLElement>, edge: 'left' | 'right', set: (width: number) => void): void {
  event.preventDefault();
  const handle = event.currentTarget;
  const from = event.clientX;
  const least = widthOf(handle, -Infinity);
  const most = widthOf(handle, Infinity);
  const start = widthOf(handle, 0);
  handle.setPointerCapture(event.pointerId);
  handle.onpointermove = (move) => {
    const by = edge === 'left' ? from - move.clientX : move.clientX - from;
    set(Math.max(least, Math.min(most, start + by)));
  };
  handle.onpointerup = () => {
    handle.onpointermove = null;
    handle.onpointerup = null;
  };
}
