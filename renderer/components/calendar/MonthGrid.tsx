import { memo, useContext, useMemo, type JSX } from 'react';
import { dayNumber, dayWords, weekdayName } from '../../words/event/calendar.ts';
import { monthOfDay } from './days.ts';
import { DeedsContext, EventChip } from './EventChip.tsx';
import { intoLanes, type Placed, type Strip } from './layout.ts';
import { today } from './place.ts';
import { classes } from '../classes.ts';
import styles from './calendar.module.css';
import { formatNumber } from '../../words/format.ts';

/** Events of a day that are drawn; the others are counted. */
const LANES = 3;

export interface GridProps {
  readonly weeks: readonly (readonly number[])[];
  readonly placed: readonly Placed[];
  /** Of each day in sight that is read. */
  readonly days: ReadonlyMap<number, readonly Placed[]>;
  /** The day that the keyboard is on. */
  readonly day: number;
  readonly choose: (day: number) => void;
  /** Opens the list of a day. */
  readonly list: (day: number) => void;
}

/** A month, week by week: three events a day, and how many more. */
export function MonthGrid(props: GridProps): JSX.Element {
  const { weeks, day } = props;
  return (
    <>
      <div role="row" className={styles.head}>
        {(weeks[0] ?? []).map((one) => (
          <span key={one} role="columnheader">
            {weekdayName(one)}
          </span>
        ))}
      </div>
      <div role="rowgroup" className={styles.weeks}>
        {weeks.map((week) => (
          <Week key={week[0]} {...props} week={week} day={week.includes(day) ? day : null} month={monthOfDay(day)} />
        ))}
      </div>
    </>
  );
}

interface WeekProps extends Omit<GridProps, 'weeks' | 'day'> {
  readonly week: readonly number[];
  readonly day: number | null;
  readonly month: string;
}

/** Drawn anew only when something in it changes: moving over the days of another week does not. */
const Week = memo(function Week({ week, placed, days, day, month, choose, list }: WeekProps): JSX.Element {
  const { strips, more } = useMemo(() => intoLanes(placed, week, LANES), [placed, week]);
  return (
    <div role="row" className={styles.week}>
      {week.map((one, column) => (
        <DayCell
          key={one}
          day={one}
          all={days.get(one) ?? null}
          strips={strips.filter(({ from }) => from === column)}
          more={more[column] ?? 0}
          current={one === day}
          out={monthOfDay(one) !== month}
          choose={choose}
          list={list}
        />
      ))}
    </div>
  );
});

interface DayCellProps extends Pick<GridProps, 'choose' | 'list'> {
  readonly day: number;
  readonly all: readonly Placed[] | null;
  /** Those that begin in this column. */
  readonly strips: readonly Strip[];
  readonly more: number;
  readonly current: boolean;
  readonly out: boolean;
}

function DayCell({ day, all, strips, more, current, out, choose, list }: DayCellProps): JSX.Element {
  return (
    <div
      role="gridcell"
      id={dayId(day)}
      className={classes(styles.day, out ? styles.out : '', day === today() ? styles.today : '')}
      aria-selected={current}
      tabIndex={current ? 0 : -1}
      onClick={(event) => {
        if (event.target === event.currentTarget) choose(day);
      }}
    >
      <DayText day={day} all={all} />
      <button
        type="button"
        className={styles.number}
        aria-hidden
        tabIndex={-1}
        onClick={() => {
          list(day);
        }}
      >
        {dayNumber(day)}
      </button>
      {strips.map(({ placed, lane, from, to, before, after }) => (
        <EventChip
          key={placed.key}
          placed={placed}
          className={classes(styles.lane, before ? styles.fromBefore : '', after ? styles.toAfter : '')}
          style={{ top: `${String(24 + lane * 21)}px`, width: `calc(${String((to - from + 1) * 100)}% - 6px)` }}
        />
      ))}
      {more > 0 && (
        <button
          type="button"
          className={styles.more}
          tabIndex={-1}
          onClick={() => {
            list(day);
          }}
        >
          {formatNumber(more)} more
        </button>
      )}
    </div>
  );
}

export function dayId(day: number): string {
  return `cal-day-${String(day)}`;
}

interface DayTextProps {
  readonly day: number;
  /** Null where it is not read. */
  readonly all: readonly Placed[] | null;
}

/** What the day holds, as a sentence: it stands first in what a screen reader says of it. */
export function DayText({ day, all }: DayTextProps): JSX.Element {
  const { words } = useContext(DeedsContext);
  const states = all?.map(({ occurrence }) => occurrence) ?? null;
  return <span className="visually-hidden">{dayWords(day, states, words)}. </span>;
}
