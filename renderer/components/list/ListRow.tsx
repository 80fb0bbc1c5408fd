import { memo, type JSX, type ReactNode } from 'react';
import type { MarkHow } from '../../stores/job/spans.ts';
import { classes } from '../classes.ts';
import type { ListColumn } from './columns.ts';
import styles from './grid.module.css';

interface ListRowProps<T> {
  readonly index: number;
  /** Undefined while it is on its way. */
  readonly item: T | undefined;
  readonly list: string;
  readonly idOf: (item: T) => number;
  readonly columns: readonly ListColumn<T>[];
  readonly template: string;
  /** Where it begins among the rows, CSS pixels. */
  readonly top: number;
  /** CSS pixels; null: as high as its words. */
  readonly height: number | null;
  readonly measure: ((row: HTMLElement | null) => void) | undefined;
  readonly below: ((item: T) => ReactNode) | undefined;
  /** The keyboard is here. */
  readonly current: boolean;
  /** A deed is about it. */
  readonly marked: boolean;
  /** More than one row is marked. */
  readonly many: boolean;
  readonly tickOf: ((item: T) => ReactNode) | undefined;
  readonly wholeRow: ((item: T) => ReactNode) | undefined;
  readonly rowClass: ((item: T) => string) | undefined;
  readonly testId: string | undefined;
  readonly mark: (index: number, how: MarkHow) => void;
  readonly onOpen: (item: T) => void;
}

/** What it looks like; what it does when it is clicked may be another function each time. */
const LOOKS = ['index', 'item', 'columns', 'template', 'top', 'height', 'current', 'marked'] as const;

/**
 * One row; drawn anew only when it changes. Clicking opens it, with Shift or Ctrl it marks more rows.
 */
export const ListRow = memo(DrawnRow, (before, after) =>
  LOOKS.every((name) => before[name] === after[name]),
) as typeof DrawnRow;

function DrawnRow<T>(props: ListRowProps<T>): JSX.Element {
  const { index, item, list, idOf, columns, template, top, measure } = props;
  const { current, marked, tickOf, rowClass, mark } = props;
  const below = item === undefined ? null : (props.below?.(item) ?? null);
  const whole = item === undefined ? null : (props.wholeRow?.(item) ?? null);
  return (
    <div
      role="row"
      id={item === undefined ? undefined : `${list}-${String(idOf(item))}`}
      aria-rowindex={index + 2}
      aria-selected={marked}
      data-index={index}
      ref={measure}
      // A click on one that is not here yet opens nothing: tests wait for it.
      data-testid={item === undefined ? undefined : props.testId}
      className={[
        styles.listRow,
        current ? styles.current : '',
        marked ? styles.marked : '',
        item === undefined ? '' : (rowClass?.(item) ?? ''),
      ].join(' ')}
      style={{
        gridTemplateColumns: template,
        height: props.height ?? 'auto',
        transform: `translateY(${String(top)}px)`,
      }}
      onClickCapture={(event) => {
        const how = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : null;
        if (how === null || isField(event.target)) return;
        // With Shift or Ctrl a click marks, wherever it falls.
        event.stopPropagation();
        mark(index, how);
      }}
      onClick={(event) => {
        if (isField(event.target)) return;
        mark(index, 'alone');
        if (item !== undefined) props.onOpen(item);
      }}
    >
      {whole !== null ? (
        <span role="gridcell" className={classes(styles.cell, styles.wholeRow)}>
          {whole}
        </span>
      ) : (
        <>
          {tickOf !== undefined && (
            <span role="gridcell" className={classes(styles.cell, styles.tickCell)}>
              {item !== undefined && tickOf(item)}
            </span>
          )}
          {columns.map((column) => (
            <span key={column.id} role="gridcell" className={classes(styles.cell, column.className)}>
              {item === undefined ? <span className={styles.ghost} /> : column.render(item)}
            </span>
          ))}
          {below !== null && (
            <span role="gridcell" className={styles.wholeRow}>
              {below}
            </span>
          )}
        </>
      )}
    </div>
  );
}

/** It is typed into, or ticked: its clicks are its own. */
function isField(target: EventTarget): boolean {
  return target instanceof Element && target.closest('input, select') !== null;
}

interface RowTickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** The platform's own: dozens of them are drawn in each frame of a fast scroll. */
export function RowTick({ label, checked, onChange }: RowTickProps): JSX.Element {
  return (
    <input
      type="checkbox"
      className={styles.rowTick}
      aria-label={label}
      checked={checked}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
      }}
      onChange={(event) => {
        onChange(event.currentTarget.checked);
      }}
    />
  );
}
