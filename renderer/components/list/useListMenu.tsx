import { useState, type MouseEvent, type ReactNode, type RefObject } from 'react';
import { countIn, holds, type Marking, type MarkHow } from '../../stores/job/spans.ts';
import { copyText } from '../../bridge/copy-text.ts';
import { RowMenu, spotOf, type MenuEntry, type Spot } from './RowMenu.tsx';

interface ListMenuOf<T> {
  readonly at: (index: number) => T | undefined;
  readonly marking: Pick<Marking, 'cursor' | 'marks'>;
  readonly mark: (index: number, how: MarkHow) => void;
  readonly menuOf: (item: T, many: boolean) => readonly MenuEntry[];
  readonly nameOf: (item: T) => string;
}

interface ListMenu {
  readonly ask: (event: MouseEvent<HTMLDivElement>) => void;
  readonly shown: ReactNode;
}

/** The menu of the rows: where the pointer is, or at the row under the cursor when a key asks for it. */
export function useListMenu<T>(grid: RefObject<HTMLDivElement | null>, list: ListMenuOf<T>): ListMenu {
  const [asked, setAsked] = useState<{ readonly spot: Spot; readonly index: number } | null>(null);
  const { at, marking, mark, menuOf, nameOf } = list;
  const item = asked === null ? undefined : at(asked.index);
  const entries = item === undefined ? [] : menuOf(item, countIn(marking.marks) > 1);
  return {
    ask(event) {
      // A field has the menu of the platform, and the head none.
      if (!(event.target instanceof Element) || event.target.closest('[role="columnheader"], input, select') !== null)
        return;
      event.preventDefault();
      const clicked = event.target.closest<HTMLElement>('[data-index]');
      const index = clicked === null ? marking.cursor : Number(clicked.dataset['index']);
      // A click on one of the marked rows is about all of them.
      if (!holds(marking.marks, index)) mark(index, 'alone');
      const row = clicked ?? grid.current?.querySelector(`[data-index="${String(index)}"]`) ?? null;
      setAsked({ spot: spotOf(event, row), index });
    },
    shown: asked !== null && item !== undefined && entries.length > 0 && (
      <RowMenu
        key={`${String(asked.spot.x)} ${String(asked.spot.y)}`}
        label={`Menu of ${nameOf(item)}`}
        at={asked.spot}
        entries={entries}
        onClose={() => {
          setAsked(null);
          grid.current?.focus();
        }}
      />
    ),
  };
}

/** An entry that copies a text; none for an empty one. */
export function copies(label: string, text: string): readonly MenuEntry[] {
  return text === '' ? [] : [{ label, run: () => copyText(text) }];
}

/** A line above the first of some entries. */
export function begun(entries: readonly MenuEntry[]): readonly MenuEntry[] {
  return entries.map((entry, index) => (index === 0 ? { ...entry, begins: true } : entry));
}
