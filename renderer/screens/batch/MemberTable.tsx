import { useVirtualizer } from '@tanstack/react-virtual';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, useMemo, useRef, useState, type JSX, type KeyboardEvent, type ReactNode } from 'react';

/** CSS pixels; must agree with `.member-row` in the styles. */
const ROW_HEIGHT = 46;

export interface MemberColumn<T> {
  readonly id: string;
  readonly label: string;
  readonly width: string;
  readonly className?: string;
  readonly render: (item: T) => ReactNode;
  /** The rows can be put in order by it. */
  readonly compare?: (a: T, b: T) => number;
}

interface Order {
  readonly column: string;
  readonly down: boolean;
}

interface MemberTableProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly idOf: (item: T) => number;
  /** Must stay the same object while nothing in it changes: rows are drawn anew with it. */
  readonly columns: readonly MemberColumn<T>[];
  readonly open: number | null;
  readonly onOpen: (id: number | null) => void;
  readonly empty: ReactNode;
}

/** A list of calendars, any number of them: only what is in sight is drawn. Arrow keys move, Enter opens, Escape closes. */
export function MemberTable<T>(props: MemberTableProps<T>): JSX.Element {
  const { label, idOf, columns, open, onOpen, empty } = props;
  const [order, setOrder] = useState<Order | null>(null);
  const items = useMemo(() => inOrder(props.items, columns, order), [props.items, columns, order]);
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(0);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: 32,
    scrollPaddingStart: 32,
  });
  const template = columns.map(({ width }) => width).join(' ');
  const move = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || items.length === 0) return;
    const next = nextIndex(event.key, Math.min(cursor, items.length - 1), items.length);
    const item = items[cursor];
    if (next !== null) {
      setCursor(next);
      virtual.scrollToIndex(next);
      const moved = items[next];
      if (open !== null && moved !== undefined) onOpen(idOf(moved));
    } else if (event.key === 'Enter' && item !== undefined) onOpen(idOf(item));
    else if (event.key === 'Escape') onOpen(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className="grid">
      <div
        className="grid-scroll members"
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={items.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={items.length === 0 ? undefined : `member-${String(cursor)}`}
        tabIndex={0}
        data-testid="members"
        onKeyDown={move}
      >
        <div role="rowgroup" className="grid-top">
          <div role="row" aria-rowindex={1} className="grid-head" style={{ gridTemplateColumns: template }}>
            {columns.map((column) => (
              <span
                key={column.id}
                role="columnheader"
                aria-sort={order?.column === column.id ? (order.down ? 'descending' : 'ascending') : undefined}
                className={`cell ${column.className ?? ''}`}
              >
                {column.compare === undefined ? (
                  column.label
                ) : (
                  <SortButton label={column.label} column={column.id} order={order} setOrder={setOrder} />
                )}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="grid-rows" style={{ height: items.length * ROW_HEIGHT }}>
          {virtual.getVirtualItems().map(({ index }) => {
            const item = items[index];
            if (item === undefined) return null;
            return (
              <Row
                key={idOf(item)}
                item={item}
                index={index}
                columns={columns}
                template={template}
                current={idOf(item) === open}
                cursor={index === cursor}
                onOpen={() => {
                  setCursor(index);
                  onOpen(idOf(item));
                }}
              />
            );
          })}
        </div>
      </div>
      {items.length === 0 && empty}
    </div>
  );
}

interface SortButtonProps {
  readonly label: string;
  readonly column: string;
  readonly order: Order | null;
  readonly setOrder: (order: Order | null) => void;
}

/** Up, down, and as it was. */
function SortButton({ label, column, order, setOrder }: SortButtonProps): JSX.Element {
  const mine = order?.column === column ? order : null;
  return (
    <button
      type="button"
      className="sort-button"
      onClick={() => {
        setOrder(mine === null ? { column, down: false } : mine.down ? null : { column, down: true });
      }}
    >
      {label}
      {mine !== null && (mine.down ? <IconArrowDown size={12} aria-hidden /> : <IconArrowUp size={12} aria-hidden />)}
    </button>
  );
}

/** Those that are equal stay in the order in which they came. */
function inOrder<T>(items: readonly T[], columns: readonly MemberColumn<T>[], order: Order | null): readonly T[] {
  const compare = columns.find(({ id }) => id === order?.column)?.compare;
  if (compare === undefined) return items;
  return items.toSorted((a, b) => (order?.down === true ? compare(b, a) : compare(a, b)));
}

interface RowProps<T> {
  readonly item: T;
  readonly index: number;
  readonly columns: readonly MemberColumn<T>[];
  readonly template: string;
  readonly current: boolean;
  readonly cursor: boolean;
  readonly onOpen: () => void;
}

/** Drawn anew only when its calendar changed: a new handler alone is no change. */
const Row = memo(DrawnRow, (before, after) =>
  (['item', 'index', 'columns', 'template', 'current', 'cursor'] as const).every(
    (name) => before[name] === after[name],
  ),
) as typeof DrawnRow;

function DrawnRow<T>({ item, index, columns, template, current, cursor, onOpen }: RowProps<T>): JSX.Element {
  return (
    <div
      role="row"
      id={`member-${String(index)}`}
      aria-rowindex={index + 2}
      aria-selected={current}
      className={['grid-row member-row', current ? 'current' : '', cursor ? 'cursor' : ''].join(' ')}
      style={{ gridTemplateColumns: template, transform: `translateY(${String(index * ROW_HEIGHT)}px)` }}
      onClick={onOpen}
      data-testid="member"
    >
      {columns.map((column) => (
        <span key={column.id} role="gridcell" className={`cell ${column.className ?? ''}`}>
          {column.render(item)}
        </span>
      ))}
    </div>
  );
}

function nextIndex(key: string, at: number, total: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(total - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'PageDown':
      return Math.min(total - 1, at + 10);
    case 'PageUp':
      return Math.max(0, at - 10);
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
