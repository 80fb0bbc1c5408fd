import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { JSX } from 'react';
import { SIDES } from '../../../shared/model/found/occurrences.ts';
import { monthName, weekName, type CalendarWords } from '../../words/event/calendar.ts';
import { weekStart } from './days.ts';
import { today, turned, type CalendarPlace, type CalendarScale } from './place.ts';
import { classes } from '../classes.ts';
import tabs from '../frame/tabs.module.css';
import styles from './calendar.module.css';

interface CalendarToolsProps {
  readonly scale: CalendarScale;
  readonly place: CalendarPlace;
  readonly words: CalendarWords;
}

/** Earlier, later, today, and which of the two calendars is shown. */
export function CalendarTools({ scale, place, words }: CalendarToolsProps): JSX.Element {
  const { day, side, firstDay, go, turn } = place;
  const step = (by: number): void => {
    go(turned(scale, day, by));
  };
  return (
    <>
      <span className={styles.nav}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Previous ${scale}`}
          onClick={() => {
            step(-1);
          }}
        >
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
        <span className={classes('strong', styles.title)} role="status" data-testid="calendar-title">
          {scale === 'month' ? monthName(day) : weekName(weekStart(day, firstDay))}
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Next ${scale}`}
          onClick={() => {
            step(1);
          }}
        >
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            go(today());
          }}
        >
          Today
        </Button>
      </span>
      <span className={classes(tabs.tabs, styles.sides)} role="group" aria-label="Which calendar">
        {SIDES.map((one) => (
          <button
            key={one}
            type="button"
            className={tabs.tab}
            aria-pressed={one === side}
            onClick={() => {
              turn(one);
            }}
          >
            {words[one]}
          </button>
        ))}
      </span>
    </>
  );
}
