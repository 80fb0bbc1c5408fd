import { Button } from '@mantine/core';
import { IconCalendarSearch } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useMissing } from '../../../stores/job/missing.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import styles from './choose.module.css';

/** The first question of a restore, for who does not know which backup has what is missed. */
export function WhatWentMissing(): JSX.Element {
  const show = useMissing((state) => state.show);
  return (
    <section className={classes(styles.pickCard, parts.card, parts.padded)} aria-label="What went missing?">
      <IconCalendarSearch size={22} stroke={1.5} aria-hidden />
      <div className="grow">
        <h2>What went missing?</h2>
        <p className="small dim">
          Compares the backups of several days with the calendar, and lists by day what was lost.
        </p>
      </div>
      <Button
        onClick={() => {
          show(true);
        }}
      >
        Compare backups…
      </Button>
    </section>
  );
}
