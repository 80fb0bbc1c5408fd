import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useContext, useEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import { localZone } from '../../../shared/words/here.ts';
import { dayName, NOT_READ, stateLabel, stateTone, timeName } from '../../words/event/calendar.ts';
import { plural } from '../../words/format.ts';
import { Chip } from '../Chip.tsx';
import { useListWindow } from '../useListWindow.ts';
import { DeedsContext } from './EventChip.tsx';
import { isGhost, type Placed } from './layout.ts';
import { classes } from '../classes.ts';
import { STATE_CLASS } from './state-class.ts';
import frame from '../frame/frame.module.css';
import styles from './calendar.module.css';

const ROW_HEIGHT = 46;
const NONE: readonly Placed[] = [];

interface DayListProps {
  readonly day: number;
  /** Null where the day is not read. */
  readonly all: readonly Placed[] | null;
  readonly close: () => void;
}

/** All events of one day. Arrows move, Enter opens, Space ticks, Escape goes back to the day. */
export function DayList({ day, all: read, close }: DayListProps): JSX.Element {
  const all = read ?? NONE;
  const scroller = useRef<HTMLDivElement>(null);
  const { open, tick } = useContext(DeedsContext);
  const [at, setAt] = useState(0);
  const list = useListWindow(scroller, all.length, ROW_HEIGHT);
  useEffect(() => {
    scroller.current?.focus();
  }, []);
  const now = all[Math.min(at, all.length - 1)];
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
    else if (event.target !== event.currentTarget) return;
    else if (event.key === 'Enter') {
      if (now !== undefined && now.occurrence.row !== null) open(now.occurrence.row);
    } else if (event.key === ' ') {
      const { row = null, ticked = null } = now?.occurrence ?? {};
      if (row !== null && ticked !== null) tick?.([row], !ticked);
    } else {
      const next = nextAt(event.key, at, all.length);
      if (next === null) return;
      setAt(next);
      scroller.current?.querySelector(`[data-index="${String(next)}"]`)?.scrollIntoView({ block: 'nearest' });
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className={styles.list} aria-label={dayName(day)} data-testid="day-list">
      <div className={frame.tools}>
        <h3>{dayName(day)}</h3>
        <span className="small faint">{read === null ? NOT_READ : plural(all.length, 'event')}</span>
        <ActionIcon variant="subtle" color="gray" aria-label="Close the day" onClick={close}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
      <div
        ref={scroller}
        className={styles.listScroll}
        role="listbox"
        aria-label={`Events of ${dayName(day)}`}
        aria-multiselectable
        aria-activedescendant={now === undefined ? undefined : entryId(now)}
        tabIndex={0}
        onKeyDown={keys}
      >
        <div role="presentation" style={{ height: list.height, position: 'relative' }}>
          {list.entries.map(({ index, top }) => {
            const one = all[index];
            return one === undefined ? null : (
              <Entry
                key={one.key}
                one={one}
                index={index}
                count={all.length}
                top={top}
                current={one === now}
                choose={() => {
                  setAt(index);
                }}
              />
            );
          })}
        </div>
      </div>
    </section>
  );
}

interface EntryProps {
  readonly one: Placed;
  readonly index: number;
  readonly count: number;
  readonly top: number;
  readonly current: boolean;
  readonly choose: () => void;
}

function Entry({ one, index, count, top, current, choose }: EntryProps): JSX.Element {
  const { side, words, opened, open, tick } = useContext(DeedsContext);
  const { row, state, title, ticked, tzid } = one.occurrence;
  const shown = title === '' ? 'Without a title' : title;
  const zone = tzid === null || tzid === localZone() ? '' : ` (${tzid})`;
  const when = one.bar ? 'All day' : `${timeName(one.start)} – ${timeName(one.end % 1440)}`;
  const ghost = isGhost(one.occurrence, side) && styles.ghostly;
  return (
    <div
      id={entryId(one)}
      role="option"
      data-index={index}
      aria-selected={ticked ?? false}
      aria-posinset={index + 1}
      aria-setsize={count}
      className={classes(
        styles.entry,
        STATE_CLASS[state],
        ghost,
        current ? styles.current : '',
        row !== null && row === opened ? styles.open : '',
      )}
      style={{ transform: `translateY(${String(top)}px)`, height: ROW_HEIGHT }}
      onClick={() => {
        choose();
        if (row !== null) open(row);
      }}
    >
      {ticked !== null && row !== null && tick !== undefined ? (
        <span
          className={classes(styles.tick, ticked && styles.on)}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            choose();
            tick([row], !ticked);
          }}
        />
      ) : (
        <span className={classes(styles.tick, styles.none)} aria-hidden />
      )}
      <span className="grow">
        <span className={classes(styles.name, 'strong')} dir="auto">
          {shown}
        </span>
        <span className="small dim ellipsis">
          {when}
          {zone}
        </span>
      </span>
      <Chip tone={stateTone(state)}>{stateLabel(state, words)}</Chip>
    </div>
  );
}

function entryId({ key }: Placed): string {
  return `cal-entry-${key.replaceAll(/\W+/g, '-')}`;
}

function nextAt(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
