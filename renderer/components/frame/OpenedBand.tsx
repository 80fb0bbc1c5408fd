import { Button, CloseButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useRestoreBatch } from '../../stores/batch/batch.ts';
import { useRun } from '../../stores/job/run.ts';
import { inTheWay, useOpened } from '../../stores/opened.ts';
import { plural } from '../../words/format.ts';
import styles from './band.module.css';

/** Asks about files that were opened from the desktop while Restore holds something else. */
export function OpenedBand(): JSX.Element | null {
  const { names, open, putAside } = useOpened();
  // What is in progress may end while the question stands.
  useRun((state) => state.snapshot.status);
  useRestoreBatch((state) => state.report);
  const [first] = names;
  if (first === undefined) return null;
  const what = names.length === 1 ? first : `${first} and ${plural(names.length - 1, 'other file')}`;
  const running = inTheWay() === 'running';
  return (
    <div className={styles.interruptedBand} role="status" data-testid="opened-files">
      <IconFileImport size={16} aria-hidden />
      <span className="ellipsis">
        {what}:{' '}
        {running
          ? 'a restore is in progress. It can be opened when that has ended.'
          : 'what you prepared in Restore was not started. Opening it discards that.'}
      </span>
      <span className="grow" />
      <Button size="xs" variant="filled" disabled={running} onClick={() => void open()}>
        Discard and open
      </Button>
      <CloseButton size="sm" aria-label="Do not open" title="Do not open" onClick={putAside} />
    </div>
  );
}
