import { useLayoutEffect, useMemo, useRef, type JSX } from 'react';
import { dayName, dayNumber, hourName, weekdayName } from '../../words/event/calendar.ts';
import { EventChip } from './EventChip.tsx';
import { DAY_MINUTES, intoColumn, intoLanes, type Column, type Placed } from './layout.ts';
import { dayId, DayText, type GridProps } from './MonthGrid.tsx';
import { today } from './place.ts';
import { classes } from '../classes.ts';
import styles from './calendar.module.css';
import { formatNumber } from '../../words/format.ts';

/** Lines of whole days above the hours. */
const LANES = 4;
/** Events beside each other. */
const COLUMNS = 3;
const HOURS = Array.from({ length: 24 }, (_one, at) => at);
/** Where the day begins that most people see first. */
const MORNING = 7;

/** A week: whole days above, hours below, what is at the same time side by side. */
export function WeekGrid({ weeks, placed, days, day, choose, list }: GridProps): JSX.Element {
  const week = useMemo(() => weeks[0] ?? [], [weeks]);
  const bars = useMemo(() => placed.filter(({ bar }) => bar), [placed]);
  const { strips, more } = useMemo(() => intoLanes(bars, week, LANES), [bars, week]);
  const lanes = strips.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const height = 46 + lanes * 21 + (more.some((count) => count > 0) ? 18 : 0);
  return (
    <>
      <div role="row" className={classes(styles.week, styles.weekHead)} style={{ height }}>
        {week.map((one, column) => (
          <div
            key={one}
            role="gridcell"
            id={dayId(one)}
            className={classes(styles.day, one === today() ? styles.today : '')}
            aria-selected={one === day}
            tabIndex={one === day ? 0 : -1}
            onClick={(event) => {
              if (event.target === event.currentTarget) choose(one);
            }}
          >
            <DayText day={one} all={days.get(one) ?? null} />
            <button
              type="button"
              className={styles.number}
              aria-hidden
              tabIndex={-1}
              onClick={() => {
                list(one);
              }}
            >
              <span className="dim">{weekdayName(one)}</span> {dayNumber(one)}
            </button>
            {strips
              .filter(({ from }) => from === column)
              .map(({ placed: bar, lane, from, to, before, after }) => (
                <EventChip
                  key={bar.key}
                  placed={bar}
                  className={classes(styles.lane, before ? styles.fromBefore : '', after ? styles.toAfter : '')}
                  style={{ top: `${String(28 + lane * 21)}px`, width: `calc(${String((to - from + 1) * 100)}% - 6px)` }}
                />
              ))}
            {(more[column] ?? 0) > 0 && <More count={more[column] ?? 0} day={one} list={list} />}
          </div>
        ))}
      </div>
      <Hours week={week} days={days} list={list} />
    </>
  );
}

interface MoreProps extends Pick<GridProps, 'list'> {
  readonly count: number;
  readonly day: number;
  /** Minutes of the day at which the first of them begins. */
  readonly start?: number;
}

function More({ count, day, start, list }: MoreProps): JSX.Element {
  return (
    <button
      type="button"
      className={styles.more}
      tabIndex={-1}
      style={start === undefined ? undefined : { top: share(start), bottom: 'auto', left: 'auto', right: 2 }}
      onClick={() => {
        list(day);
      }}
    >
      {formatNumber(count)} more
    </button>
  );
}

interface HoursProps extends Pick<GridProps, 'days' | 'list'> {
  readonly week: readonly number[];
}

function Hours({ week, days, list }: HoursProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => week.map((day) => intoColumn(days.get(day) ?? NONE, day, COLUMNS)), [week, days]);
  const first = earliest(columns);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = (element.scrollHeight * Math.max(0, first - 0.5)) / 24;
  }, [first, week]);
  return (
    <div className={styles.hours} ref={scroller} role="presentation">
      <div className={styles.hoursBody} role="row">
        {week.map((day, at) => (
          <div key={day} role="gridcell" className={styles.column}>
            <span className="visually-hidden">{dayName(day)}, by hour</span>
            {at === 0 && HOURS.map((hour) => hour > 0 && <HourName key={hour} hour={hour} />)}
            {columns[at]?.blocks.map(({ placed, start, end, column, columns: of }) => (
              <EventChip
                key={placed.key}
                placed={placed}
                className={styles.timed}
                style={{
                  top: share(start),
                  height: share(end - start),
                  left: `${((column / of) * 100).toFixed(3)}%`,
                  width: `calc(${(100 / of).toFixed(3)}% - 2px)`,
                }}
              />
            ))}
            {columns[at]?.more.map(({ start, count }) => (
              <More key={start} count={count} start={start} day={day} list={list} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

const NONE: readonly Placed[] = [];

function HourName({ hour }: { readonly hour: number }): JSX.Element {
  return (
    <span className={styles.hour} aria-hidden style={{ top: share(hour * 60) }}>
      {hourName(hour)}
    </span>
  );
}

function share(minutes: number): string {
  return `${((minutes / DAY_MINUTES) * 100).toFixed(3)}%`;
}

/** The hour to begin with: the morning, or earlier where something is. */
function earliest(columns: readonly Column[]): number {
  const starts = columns.flatMap(({ blocks }) => blocks.map(({ start }) => start));
  return Math.min(MORNING, ...starts.map((start) => Math.floor(start / 60)));
}
