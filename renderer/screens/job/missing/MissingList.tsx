import { Checkbox } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, type JSX } from 'react';
import type { FoundBackup } from '../../../../shared/model/found/find.ts';
import type { MissingEntry, MissingResult } from '../../../../shared/model/found/missing.ts';
import { Chip } from '../../../components/Chip.tsx';
import { useListWindow } from '../../../components/useListWindow.ts';
import { canRestore, useMissing } from '../../../stores/job/missing.ts';
import { formatStart, plural } from '../../../words/format.ts';
import { becameWords, dayWords, MISSING_WORDS } from '../../../words/missing.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import grid from '../../../components/list/grid.module.css';
import styles from './missing.module.css';

/** CSS pixels, as most rows are. */
const ROW_HEIGHT = 58;

type Line =
  | { readonly kind: 'day'; readonly day: string | null; readonly entries: readonly MissingEntry[] }
  | { readonly kind: 'entry'; readonly entry: MissingEntry };

/** What went missing, the newest day first; a tick on a day is one on all of it. */
export function MissingList({
  result,
  shown,
  entry,
}: {
  readonly result: MissingResult;
  readonly shown: readonly MissingEntry[];
  /** The entry to begin with. */
  readonly entry: number | null;
}): JSX.Element {
  const lines = useMemo(() => linesOf(shown), [shown]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useListWindow(scroller, lines.length, ROW_HEIGHT);
  const { show } = list;
  const begin = lines.findIndex((line) => line.kind === 'entry' && line.entry.id === entry);
  useEffect(() => {
    if (begin >= 0) show(begin);
  }, [begin, show]);
  return (
    <div
      className={classes(grid.clusterScroll, parts.scroll)}
      data-list
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label="Events by day"
    >
      <ul style={{ height: list.height, position: 'relative' }}>
        {list.entries.map(({ index, top }) => {
          const line = lines[index];
          return line === undefined ? null : (
            <li
              key={line.kind === 'day' ? `day ${line.day ?? ''}` : line.entry.id}
              data-index={index}
              ref={list.measure}
              className={grid.clusterItem}
              style={{ transform: `translateY(${String(top)}px)` }}
            >
              {line.kind === 'day' ? (
                <Day line={line} />
              ) : (
                <Row entry={line.entry} backups={result.backups} begin={line.entry.id === entry} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function linesOf(entries: readonly MissingEntry[]): readonly Line[] {
  const days = new Map<string | null, MissingEntry[]>();
  for (const entry of entries) {
    const own = days.get(entry.day);
    if (own === undefined) days.set(entry.day, [entry]);
    else own.push(entry);
  }
  return [...days].flatMap(([day, own]): readonly Line[] => [
    { kind: 'day', day, entries: own },
    ...own.map((entry) => ({ kind: 'entry', entry }) as const),
  ]);
}

function Day({ line: { day, entries } }: { readonly line: Extract<Line, { kind: 'day' }> }): JSX.Element {
  const { ticked, tick } = useMissing();
  const own = entries.filter(canRestore).map(({ id }) => id);
  const on = own.filter((id) => ticked.has(id)).length;
  return (
    <div className={styles.missingDay} data-testid="missing-day">
      <Checkbox
        checked={own.length > 0 && on === own.length}
        indeterminate={on > 0 && on < own.length}
        disabled={own.length === 0}
        label={dayWords(day)}
        onChange={(event) => {
          tick(own, event.currentTarget.checked);
        }}
      />
      <span className="small dim">{plural(entries.length, 'event')}</span>
    </div>
  );
}

function Row({
  entry,
  backups,
  begin,
}: {
  readonly entry: MissingEntry;
  readonly backups: readonly FoundBackup[];
  /** The list begins with it: the focus is there. */
  readonly begin: boolean;
}): JSX.Element {
  const on = useMissing((state) => state.ticked.has(entry.id));
  const tick = useMissing((state) => state.tick);
  const state = MISSING_WORDS[entry.state];
  const title = entry.title === '' ? 'Without a title' : entry.title;
  return (
    <div className={classes(styles.missingRow, begin && styles.current)} data-testid="missing-entry">
      <Checkbox
        autoFocus={begin}
        checked={on}
        disabled={!canRestore(entry)}
        aria-label={`${title}, ${formatStart(entry.start, entry.startsAt)}`}
        onChange={(event) => {
          tick([entry.id], event.currentTarget.checked);
        }}
      />
      <div className="grow">
        <div className="row">
          <span className="strong ellipsis" title={title} dir="auto">
            {title}
          </span>
          {entry.recurring && <IconRepeat size={13} className={parts.mark} aria-label="recurring" />}
          <span className="grow" />
          <Chip tone={state.tone} className={styles.fits}>
            {state.label}
          </Chip>
        </div>
        <div className="small dim ellipsis">{factWords(entry)}</div>
        <div className="small faint">{becameWords(entry, backups, new Date())}</div>
      </div>
    </div>
  );
}

function factWords({ start, startsAt, location, organizer, guests }: MissingEntry): string {
  const people = guests === 0 ? '' : plural(guests, 'guest');
  return [formatStart(start, startsAt), location, organizer ?? '', people].filter((part) => part !== '').join(' · ');
}
