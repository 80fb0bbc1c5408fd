import { IconRepeat } from '@tabler/icons-react';
import { useRef, type JSX, type KeyboardEvent } from 'react';
import type { FindResult, FoundEvent, ReadableRange } from '../../../../shared/model/found/find.ts';
import { Chip } from '../../../components/Chip.tsx';
import { useListWindow } from '../../../components/useListWindow.ts';
import { useFind } from '../../../stores/find.ts';
import { STATE_WORDS } from '../../../words/find.ts';
import { formatStart } from '../../../words/format.ts';
import { VersionStrip } from './VersionStrip.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import grid from '../../../components/list/grid.module.css';
import styles from './find.module.css';

const ROW_HEIGHT = 70;

/** The events that fit. Arrow keys open the next one. */
export function FoundList({ result }: { readonly result: FindResult }): JSX.Element {
  const { events } = result;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useListWindow(scroller, events.length, ROW_HEIGHT);
  const { event: open, openEvent } = useFind();
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = events[(open ?? -1) + step];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    void openEvent(next.id);
    document.getElementById(rowId(next.id))?.focus();
  };
  return (
    <div
      className={classes(grid.clusterScroll, parts.scroll)}
      data-list
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label="Events found"
      onKeyDown={move}
    >
      <ul style={{ height: list.height, position: 'relative' }}>
        {list.entries.map(({ index, top }) => {
          const event = events[index];
          return event === undefined ? null : (
            <li
              key={event.id}
              data-index={index}
              ref={list.measure}
              className={grid.clusterItem}
              style={{ transform: `translateY(${String(top)}px)` }}
            >
              <Row event={event} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Row({ event }: { readonly event: FoundEvent }): JSX.Element {
  const open = useFind((state) => state.event === event.id);
  const openEvent = useFind((state) => state.openEvent);
  const newest = event.ranges.find((range): range is ReadableRange => range.kind === 'version');
  const state = STATE_WORDS[event.state];
  return (
    <button
      type="button"
      id={rowId(event.id)}
      className={classes(styles.foundRow, open && styles.open)}
      aria-expanded={open}
      onClick={() => void openEvent(open ? null : event.id)}
    >
      <span className="row">
        <span className="strong ellipsis" dir="auto">
          {event.title === '' ? 'Without a title' : event.title}
        </span>
        {newest?.recurring === true && <IconRepeat size={13} className={parts.mark} aria-label="series" />}
        <span className="grow" />
        <Chip tone={state.tone} className={classes(styles.fits, state.tone === 'upd' && styles.onOpen)}>
          {state.label}
        </Chip>
      </span>
      <span className="small dim ellipsis">{newest === undefined ? 'cannot be read' : factWords(newest)}</span>
      <VersionStrip ranges={event.ranges} />
    </button>
  );
}

function factWords({ start, startsAt, location, organizer }: ReadableRange): string {
  return [formatStart(start, startsAt), location, organizer ?? ''].filter((part) => part !== '').join(' · ');
}

function rowId(id: number): string {
  return `found-${String(id)}`;
}
