import { useCallback, useMemo, useState, type JSX, type ReactNode } from 'react';
import { copyText } from '../../bridge/copy-text.ts';
import type { ListColumn } from '../../components/list/columns.ts';
import { nextSort } from '../../components/list/columns.ts';
import { DesktopList } from '../../components/list/DesktopList.tsx';
import type { MenuEntry } from '../../components/list/RowMenu.tsx';
import { begun } from '../../components/list/useListMenu.tsx';
import { useMarking } from '../../components/list/useMarking.ts';
import { countIn, holds } from '../../stores/job/spans.ts';

/** CSS pixels, for two lines. */
const ROW_HEIGHT = 46;

export interface MemberColumn<T> extends ListColumn<T> {
  /** How rows are put in order by it; those that are equal stay in the order in which they came. */
  readonly compare: (a: T, b: T) => number;
}

interface MemberTableProps<T> {
  /** Under which name the widths of its columns are kept. */
  readonly list: string;
  readonly label: string;
  readonly items: readonly T[];
  readonly idOf: (item: T) => number;
  /** Whose calendar it is, and what else is worth a place on the clipboard. */
  readonly copied: (item: T) => { readonly name: string; readonly address: string | null };
  /** Must stay the same object while nothing in it changes: rows are drawn anew with it. */
  readonly columns: readonly MemberColumn<T>[];
  readonly open: number | null;
  readonly onOpen: (id: number | null) => void;
  readonly empty: ReactNode;
}

/** A list of calendars, any number of them. */
export function MemberTable<T>(props: MemberTableProps<T>): JSX.Element {
  const { list, label, idOf, columns, open, onOpen, empty, copied } = props;
  const [sort, setSort] = useState<{ readonly by: string; readonly descending: boolean } | null>(null);
  const items = useMemo(() => inOrder(props.items, columns, sort), [props.items, columns, sort]);
  const { marking, mark, markAll, forget } = useMarking(items.length);
  const at = useCallback((index: number) => items[index], [items]);
  const marked = (): readonly T[] => items.filter((_, index) => holds(marking.marks, index));
  return (
    <DesktopList<T>
      list={list}
      label={label}
      columns={columns}
      total={items.length}
      at={at}
      idOf={idOf}
      rowHeight={ROW_HEIGHT}
      sort={sort}
      sortBy={(column) => {
        forget();
        setSort(nextSort(sort, column));
      }}
      marking={marking}
      mark={mark}
      follows={open !== null}
      markAll={markAll}
      onOpen={(item) => {
        onOpen(idOf(item));
      }}
      onClose={() => {
        onOpen(null);
      }}
      menuOf={(item, many) => menuOf(item, copied, many && countIn(marking.marks) > 1 ? marked : null, onOpen, idOf)}
      nameOf={(item) => copied(item).name}
      testId="members"
      rowTestId="member"
      empty={empty}
    />
  );
}

function menuOf<T>(
  item: T,
  copied: MemberTableProps<T>['copied'],
  marked: (() => readonly T[]) | null,
  onOpen: (id: number) => void,
  idOf: (item: T) => number,
): readonly MenuEntry[] {
  const { name, address } = copied(item);
  const copy = (label: string, text: string): MenuEntry => ({ label, run: () => copyText(text) });
  return [
    {
      label: 'Open',
      run: () => {
        onOpen(idOf(item));
      },
    },
    ...begun([
      copy('Copy name', name),
      ...(address === null ? [] : [copy('Copy address of the calendar', address)]),
      ...(marked === null
        ? []
        : [
            {
              label: 'Copy names of all marked',
              run: () =>
                copyText(
                  marked()
                    .map((one) => copied(one).name)
                    .join('\n'),
                ),
            },
          ]),
    ]),
  ];
}

function inOrder<T>(
  items: readonly T[],
  columns: readonly MemberColumn<T>[],
  sort: { readonly by: string; readonly descending: boolean } | null,
): readonly T[] {
  const compare = columns.find(({ id }) => id === sort?.by)?.compare;
  if (compare === undefined) return items;
  return items.toSorted((a, b) => (sort?.descending === true ? compare(b, a) : compare(a, b)));
}

/** As people sort names, here; numbers in them count as numbers. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export function byText<T>(of: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => collator.compare(of(a), of(b));
}

/** What has no number comes first. */
export function byNumber<T>(of: (item: T) => number | null | undefined): (a: T, b: T) => number {
  return (a, b) => (of(a) ?? -1) - (of(b) ?? -1);
}
