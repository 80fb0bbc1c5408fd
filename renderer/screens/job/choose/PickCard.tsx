import { Button } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useFind } from '../../../stores/find.ts';
import { useSource, type Pick } from '../../../stores/job/source.ts';
import { formatStart } from '../../../words/format.ts';
import { backupDate } from '../../../words/find.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import styles from './choose.module.css';

/** The one event that is to be restored, in the version of the chosen backup. */
export function PickCard({ pick }: { readonly pick: Pick }): JSX.Element {
  const takeAll = useSource((state) => state.takeAll);
  const show = useFind((state) => state.show);
  const title =
    pick.title === '' ? (
      'one event'
    ) : (
      <>
        “<bdi>{pick.title}</bdi>”
      </>
    );
  const asOf = backupDate({ at: pick.asOf, dateFrom: 'unknown', name: '' }, new Date());
  return (
    <section
      className={classes(styles.pickCard, parts.card, parts.padded)}
      aria-label="Event to restore"
      data-testid="pick"
    >
      <IconCalendarEvent size={22} stroke={1.5} aria-hidden />
      <div className="grow">
        <h2>
          Only {title}
          {asOf !== '' && `, as of ${asOf}`}
        </h2>
        <p className="small dim">
          {formatStart(pick.start, pick.startsAt)}. If the calendar still has it, this version takes its place; the one
          there is saved first, and an undo brings it back.
        </p>
      </div>
      <div className="row">
        <Button
          size="xs"
          onClick={() => {
            show(true);
          }}
        >
          Other versions…
        </Button>
        <Button size="xs" variant="subtle" onClick={takeAll}>
          Restore the whole backup
        </Button>
      </div>
    </section>
  );
}
