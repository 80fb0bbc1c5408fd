import { IconAlertTriangle, IconPencil, IconPlus, IconRepeat, IconTrash } from '@tabler/icons-react';
import { createContext, useContext, type CSSProperties, type JSX } from 'react';
import { isolate } from '../../../shared/words/isolate.ts';
import type { OccurrenceState, Side } from '../../../shared/model/found/occurrences.ts';
import { shortTimeName, stateLabel, type CalendarWords } from '../../words/event/calendar.ts';
import { isGhost, type Placed } from './layout.ts';
import { classes } from '../classes.ts';
import { STATE_CLASS } from './state-class.ts';
import grid from '../list/grid.module.css';
import styles from './calendar.module.css';

/** What an event in a calendar can do, and how it is called: the same for all of a view. */
export interface Deeds {
  readonly side: Side;
  readonly words: CalendarWords;
  /** The row whose details are open. */
  readonly opened: number | null;
  readonly open: (row: number) => void;
  /** Absent where nothing can be ticked. */
  readonly tick?: ((rows: readonly number[], include: boolean) => void) | undefined;
}

const NO_DEEDS: Deeds = {
  side: 'after',
  words: { before: '', after: '', states: {} },
  opened: null,
  open: () => undefined,
};

export const DeedsContext = createContext(NO_DEEDS);

/** Not by colour alone. */
const SIGNS: Readonly<Partial<Record<OccurrenceState, typeof IconPlus>>> = {
  added: IconPlus,
  changed: IconPencil,
  removed: IconTrash,
  conflict: IconAlertTriangle,
  rejected: IconAlertTriangle,
};

interface EventChipProps {
  readonly placed: Placed;
  readonly className?: string;
  readonly style?: CSSProperties;
  /** `0` where it is reached by Tab; in a grid the days are. */
  readonly tabIndex?: 0 | -1;
}

/** One event: its tick, what becomes of it, its time and title. */
export function EventChip({ placed, className = '', style, tabIndex = -1 }: EventChipProps): JSX.Element {
  const { side, words, opened, open, tick } = useContext(DeedsContext);
  const { occurrence } = placed;
  const { row, state, title, ticked, recurring } = occurrence;
  const shown = title === '' ? 'Without a title' : title;
  const time = placed.bar ? '' : shortTimeName(placed.start);
  const Sign = SIGNS[state];
  const label = [time, isolate(shown), stateLabel(state, words)].filter((part) => part !== '').join(', ');
  const ghost = isGhost(occurrence, side) && styles.ghostly;
  return (
    <div
      className={classes(
        styles.event,
        STATE_CLASS[state],
        ghost,
        row !== null && row === opened ? styles.open : '',
        className,
      )}
      style={style}
      data-testid="cal-event"
    >
      {ticked !== null && row !== null && tick !== undefined && (
        <input
          type="checkbox"
          className={grid.rowTick}
          aria-label={`${words.tick ?? 'Write'} ${isolate(shown)}`}
          checked={ticked}
          tabIndex={-1}
          onChange={(event) => {
            tick([row], event.currentTarget.checked);
          }}
        />
      )}
      <button
        type="button"
        className={styles.opener}
        tabIndex={tabIndex}
        disabled={row === null}
        title={label}
        onClick={() => {
          if (row !== null) open(row);
        }}
      >
        {Sign !== undefined && <Sign size={11} stroke={2.4} aria-hidden />}
        {time !== '' && <span className={styles.time}>{time} </span>}
        <span className={styles.name} dir="auto">
          {shown}
        </span>
        <span className="visually-hidden">{stateLabel(state, words)}</span>
        {recurring && <IconRepeat size={11} aria-hidden />}
      </button>
    </div>
  );
}
