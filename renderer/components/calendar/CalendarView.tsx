import { useCallback, useEffect, useMemo, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import type { Occurrence } from '../../../shared/model/found/occurrences.ts';
import { CALENDAR_KEYS, isPressed } from '../../../shared/model/shortcuts.ts';
import { localZone } from '../../../shared/words/here.ts';
import { countStates, stateLabel, type CalendarWords } from '../../words/event/calendar.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { Notice } from '../Notice.tsx';
import { wallClock } from './clock.ts';
import { DayList } from './DayList.tsx';
import { DeedsContext, type Deeds } from './EventChip.tsx';
import { byDay, onSide, place as placeAll, type Placed } from './layout.ts';
import { dayId, MonthGrid } from './MonthGrid.tsx';
import { beginInSight, dayByKey, weeksInSight, type CalendarPlace, type CalendarScale } from './place.ts';
import { useOccurrences, type OccurrenceSource } from './useOccurrences.ts';
import { WeekGrid } from './WeekGrid.tsx';
import { classes } from '../classes.ts';
import { STATE_CLASS } from './state-class.ts';
import frame from '../frame/frame.module.css';
import styles from './calendar.module.css';

interface CalendarViewProps extends Pick<Deeds, 'opened' | 'open' | 'tick'> {
  readonly scale: CalendarScale;
  /** From `useCalendarPlace`; `CalendarTools` moves it as well. */
  readonly place: CalendarPlace;
  readonly source: OccurrenceSource;
  readonly words: CalendarWords;
  /** What the whole is, for a screen reader. */
  readonly label: string;
}

/**
 * A week or a month of a calendar, before or after. Only what is in sight is asked for. What is opened and ticked are rows
 * of the list that stands behind it.
 */
export function CalendarView({
  scale,
  place,
  source,
  words,
  label,
  opened,
  open,
  tick,
}: CalendarViewProps): JSX.Element {
  const { day, side, go, firstDay } = place;
  const [listed, setListed] = useState<number | null>(null);
  const begin = beginInSight(scale, place);
  const weeks = useMemo(() => weeksInSight(scale, begin, firstDay), [scale, begin, firstDay]);
  const days = useMemo(() => weeks.flat(), [weeks]);
  const { answer, failure, busy, isRead } = useOccurrences(source, days[0] ?? day, days.at(-1) ?? day);
  const clock = useMemo(() => wallClock(localZone()), []);
  const placed = useMemo(() => placeAll(onSide(answer?.occurrences ?? [], side), clock), [answer, side, clock]);
  const perDay = useMemo(() => byDay(placed, days.filter(isRead)), [placed, days, isRead]);
  const deeds = useMemo(() => ({ side, words, opened, open, tick }), [side, words, opened, open, tick]);
  const focusDay = useFocusOnDay(day, weeks);
  const list = useCallback(
    (one: number) => {
      go(one);
      setListed(one);
    },
    [go],
  );
  const keys = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.id !== dayId(day)) return;
    const next = dayByKey(event.key, day, firstDay);
    if (next !== null) {
      focusDay();
      go(next);
    } else if (isPressed(CALENDAR_KEYS.list, event)) list(day);
    else if (isPressed(CALENDAR_KEYS.tick, event)) tickDay(perDay.get(day) ?? [], tick);
    else return;
    event.preventDefault();
  };
  const props = { weeks, placed, days: perDay, day, choose: go, list };
  return (
    <DeedsContext value={deeds}>
      <div className={styles.view} aria-busy={busy} data-calendar data-testid="calendar">
        {failure !== null && <Notice failure={failure} />}
        <div className={styles.body}>
          <div role="grid" aria-label={label} className={styles.grid} onKeyDown={keys}>
            {scale === 'month' ? <MonthGrid {...props} /> : <WeekGrid {...props} />}
          </div>
          {listed !== null && (
            <DayList
              key={listed}
              day={listed}
              all={perDay.get(listed) ?? null}
              close={() => {
                setListed(null);
                document.getElementById(dayId(day))?.focus();
              }}
            />
          )}
        </div>
        <Foot
          all={perDay.size < days.length ? null : placed.map(({ occurrence }) => occurrence)}
          words={words}
          cut={answer?.cut ?? false}
          undated={answer?.undated ?? 0}
          busy={busy}
        />
      </div>
    </DeedsContext>
  );
}

/** Keeps the day in sight; the focus moves along where it was asked to, once the day is there. */
function useFocusOnDay(day: number, weeks: readonly (readonly number[])[]): () => void {
  const wanted = useRef(false);
  useEffect(() => {
    const cell = document.getElementById(dayId(day));
    cell?.scrollIntoView({ block: 'nearest' });
    if (wanted.current) cell?.focus();
    wanted.current = false;
  }, [day, weeks]);
  return useCallback(() => {
    wanted.current = true;
  }, []);
}

/** All of a day: where one of them is left out they are ticked, else unticked. */
function tickDay(all: readonly Placed[], tick: Deeds['tick']): void {
  const rows = new Map(
    all.flatMap(({ occurrence: { row, ticked } }) => (row === null || ticked === null ? [] : [[row, ticked] as const])),
  );
  if (rows.size > 0)
    tick?.(
      [...rows.keys()],
      [...rows.values()].some((ticked) => !ticked),
    );
}

interface FootProps {
  /** Null while a day in sight is not read. */
  readonly all: readonly Occurrence[] | null;
  readonly words: CalendarWords;
  readonly cut: boolean;
  readonly undated: number;
  readonly busy: boolean;
}

/** What the colours mean, with their numbers, and what is not shown. */
function Foot({ all, words, cut, undated, busy }: FootProps): JSX.Element {
  const counts = useMemo(() => countStates(all ?? []), [all]);
  return (
    <div className={classes(frame.gridFoot, styles.foot)}>
      <span role="status" className={styles.legend}>
        {all === null && busy && 'Reading …'}
        {all?.length === 0 && 'Nothing in these weeks'}
        {[...counts].map(([state, count]) => (
          <span key={state}>
            <i className={classes(styles.key, STATE_CLASS[state])} aria-hidden /> {formatNumber(count)}{' '}
            {stateLabel(state, words).toLowerCase()}
          </span>
        ))}
      </span>
      <span>
        {cut && 'Some recurring events are not shown in full. '}
        {undated > 0 && `${plural(undated, 'entry', 'entries')} without a date: only in the list.`}
      </span>
    </div>
  );
}
