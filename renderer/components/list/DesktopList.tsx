import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type JSX, type ReactNode } from 'react';
import { countIn, holds, type Marking, type MarkHow } from '../../stores/job/spans.ts';
import { trackOf, useWidthsOf } from '../../stores/widths.ts';
import { edgeOf, fitting, type ListColumn } from './columns.ts';
import { HeadCell } from './HeadCell.tsx';
import { ListRow } from './ListRow.tsx';
import { LIST_KEYS, pressedOf } from '../../../shared/model/shortcuts.ts';
import { rowByKey } from './by-key.ts';
import type { MenuEntry } from './RowMenu.tsx';
import { useListMenu } from './useListMenu.tsx';
import { classes } from '../classes.ts';
import styles from './grid.module.css';

/** CSS pixels; must agree with `.grid-row` in the styles. */
const ROW_HEIGHT = 34;
/** The head stands still above the rows, within what scrolls; `.grid-top` in the styles. */
const HEAD_HEIGHT = 32;
const BEYOND = 12;

interface DesktopListProps<T> {
  /** Under which name its widths are kept. */
  readonly list: string;
  readonly label: string;
  /** Must stay the same object while nothing in it changes: rows are drawn anew with it. */
  readonly columns: readonly ListColumn<T>[];
  readonly total: number;
  /** Undefined while it is not here yet. Another function: other rows. */
  readonly at: (index: number) => T | undefined;
  /** Asks for what these positions (inclusive) need. */
  readonly need?: ((from: number, to: number) => void) | undefined;
  readonly idOf: (item: T) => number;
  /** CSS pixels of each row; of one with nothing below it, where rows are as high as their words. */
  readonly rowHeight?: number;
  readonly measured?: boolean | undefined;
  /** What is said of a row below its cells. */
  readonly below?: ((item: T) => ReactNode) | undefined;
  readonly sort: { readonly by: string; readonly descending: boolean } | null;
  readonly sortBy: (column: string) => void;
  readonly marking: Pick<Marking, 'cursor' | 'marks'>;
  readonly mark: (index: number, how: MarkHow) => void;
  readonly markAll: () => void;
  readonly onOpen: (item: T) => void;
  /** What is open follows the arrow keys. */
  readonly follows?: boolean | undefined;
  /** Escape. */
  readonly onClose: () => void;
  readonly onSpace?: (() => void) | undefined;
  /** A tick before each row, and one over all. */
  readonly ticks?: { readonly all: ReactNode; readonly of: (item: T) => ReactNode } | undefined;
  readonly menuOf: (item: T, many: boolean) => readonly MenuEntry[];
  readonly nameOf: (item: T) => string;
  /** Drawn over all columns, where a row stands for others. */
  readonly wholeRow?: ((item: T) => ReactNode) | undefined;
  readonly rowClass?: ((item: T) => string) | undefined;
  readonly testId: string;
  readonly rowTestId?: string | undefined;
  /** Where it begins, and whenever it is another one. */
  readonly begin?: number | undefined;
  readonly empty?: ReactNode;
}

/**
 * A list as on any desktop, of any length: only what is in sight is drawn and asked for. Columns put it in order and are
 * made wider; Shift, Ctrl and Ctrl+A mark; Enter opens, Escape closes; a right click, the Menu key or Shift+F10 asks for
 * the menu of a row.
 */
export function DesktopList<T>(props: DesktopListProps<T>): JSX.Element {
  const { list, label, total, at, need, idOf, marking, rowHeight = ROW_HEIGHT, ticks, testId, begin, empty } = props;
  const widths = useWidthsOf(list);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const gridRef = useMergedRef(grid, ref);
  const columns = useMemo(() => fitting(props.columns, width === 0 ? 560 : width), [props.columns, width]);
  const template = templateOf(columns, widths, ticks !== undefined);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: BEYOND,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const { scrollToIndex } = virtual;
  const shown = virtual.getVirtualItems();
  const indexes = shown.map((item) => item.index);
  const first = indexes[0] ?? 0;
  const last = indexes.at(-1) ?? 0;
  useEffect(() => {
    if (total > 0) need?.(first, last);
  }, [first, last, total, need, at]);
  useEffect(() => {
    if (begin !== undefined) scrollToIndex(begin, { align: 'center' });
  }, [begin, scrollToIndex]);
  const current = at(marking.cursor);
  const menu = useListMenu(grid, props);
  const page = Math.max(1, Math.floor(((virtual.scrollRect?.height ?? 0) - HEAD_HEIGHT) / rowHeight) - 1);
  return (
    <>
      <div
        className={styles.grid}
        role="grid"
        ref={gridRef}
        aria-label={label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length + (ticks === undefined ? 0 : 1)}
        aria-multiselectable
        aria-activedescendant={current === undefined ? undefined : `${list}-${String(idOf(current))}`}
        tabIndex={0}
        data-testid={testId}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget || total === 0) return;
          const next = rowByKey(event, marking.cursor, total, page);
          const pressed = pressedOf(LIST_KEYS, event);
          if (next !== null) {
            props.mark(next, event.shiftKey ? 'range' : 'alone');
            scrollToIndex(next);
            const item = at(next);
            if (props.follows === true && !event.shiftKey && item !== undefined) props.onOpen(item);
          } else if (pressed === 'markAll') props.markAll();
          else if (pressed === 'tick' && props.onSpace !== undefined) props.onSpace();
          else if (pressed === 'open' && current !== undefined) props.onOpen(current);
          else if (pressed === 'close') props.onClose();
          else return;
          event.preventDefault();
        }}
        onContextMenu={menu.ask}
      >
        <div className={styles.scroller} data-list ref={scroller} role="presentation">
          <Head {...props} columns={columns} template={template} />
          <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
            {shown.map(({ index, start }) => (
              <ListRow
                key={index}
                index={index}
                item={at(index)}
                list={list}
                idOf={idOf}
                columns={columns}
                template={template}
                top={start - HEAD_HEIGHT}
                height={props.measured === true ? null : rowHeight}
                measure={props.measured === true ? virtual.measureElement : undefined}
                below={props.below}
                current={index === marking.cursor}
                marked={holds(marking.marks, index)}
                many={countIn(marking.marks) > 1}
                tickOf={ticks?.of}
                wholeRow={props.wholeRow}
                rowClass={props.rowClass}
                testId={props.rowTestId}
                mark={props.mark}
                onOpen={props.onOpen}
              />
            ))}
          </div>
          {total === 0 && empty}
        </div>
      </div>
      {menu.shown}
    </>
  );
}

type HeadProps<T> = Pick<DesktopListProps<T>, 'list' | 'columns' | 'sort' | 'sortBy' | 'ticks'> & {
  readonly template: string;
};

function Head<T>({ list, columns, template, sort, sortBy, ticks }: HeadProps<T>): JSX.Element {
  const stop = columns.find(({ id }) => id === sort?.by) ?? columns[0];
  return (
    <div role="rowgroup" className={styles.top}>
      <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: template }}>
        {ticks !== undefined && (
          <span role="columnheader" className={classes(styles.cell, styles.tickCell)}>
            {ticks.all}
          </span>
        )}
        {columns.map((column, index) =>
          column.plain === true ? (
            <span key={column.id} role="columnheader" className={styles.cell}>
              <span className="visually-hidden">{column.label}</span>
            </span>
          ) : (
            <HeadCell
              key={column.id}
              list={list}
              id={column.id}
              label={column.label}
              className={column.className?.includes('number') === true ? 'number' : ''}
              edge={edgeOf(columns, index)}
              sorted={sort?.by === column.id ? (sort.descending ? 'descending' : 'ascending') : null}
              isStop={column === stop}
              onSort={() => {
                sortBy(column.id);
              }}
            />
          ),
        )}
      </div>
    </div>
  );
}

/** `grid-template-columns`, the tick first. */
function templateOf<T>(
  columns: readonly ListColumn<T>[],
  widths: Readonly<Record<string, number>>,
  ticks: boolean,
): string {
  return `${ticks ? '34px ' : ''}${columns.map((column) => trackOf(column, widths)).join(' ')}`;
}
