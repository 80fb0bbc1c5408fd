import { Button } from '@mantine/core';
import { IconFiles, IconLoader2 } from '@tabler/icons-react';
import { useState, type JSX, type ReactNode } from 'react';
import { useDrop } from '../../../components/useDrop.ts';
import { useFind } from '../../../stores/find.ts';
import { listWords } from '../../../words/find.ts';
import { BackupsDialog } from './BackupsDialog.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import dropStyles from '../../../components/drop.module.css';
import styles from './find.module.css';

/** The backups to look into: dropped anywhere on this view, or chosen; more can be added at any time. `children`: what becomes of them. */
export function BackupsCard({ children }: { readonly children: ReactNode }): JSX.Element {
  const { list, adding, searching, choose, drop, takeSample } = useFind();
  const over = useDrop(drop);
  const [asking, setAsking] = useState(false);
  const compact = list !== null;
  const off = adding || searching;
  const Icon = adding ? IconLoader2 : IconFiles;
  return (
    <section
      className={classes(dropStyles.drop, parts.card, compact && dropStyles.compact, over && dropStyles.over)}
      aria-label="Backups to look into"
      aria-busy={adding}
      data-testid="drop-zone"
    >
      <Icon size={compact ? 22 : 34} stroke={1.5} className={adding ? parts.spin : ''} aria-hidden />
      <div className={dropStyles.says} role="status">
        <h2 className="ellipsis">
          {list === null ? 'Drop the backups of several days here' : listWords(list.backups, new Date())}
        </h2>
        {compact ? (
          <p>
            Drop others to add them.{' '}
            <button
              type="button"
              className={parts.link}
              onClick={() => {
                setAsking(true);
              }}
            >
              Show them
            </button>
          </p>
        ) : (
          <p className={styles.findLead}>{children}</p>
        )}
      </div>
      <div className={dropStyles.buttons}>
        <Button variant={compact ? 'default' : 'filled'} disabled={off} onClick={() => void choose('files')}>
          {compact ? 'Add files…' : 'Choose files…'}
        </Button>
        <Button disabled={off} onClick={() => void choose('folder')}>
          {compact ? 'Add a folder…' : 'Choose a folder…'}
        </Button>
        {!compact && (
          <Button variant="subtle" disabled={off} onClick={() => void takeSample()}>
            Use a week of sample backups
          </Button>
        )}
      </div>
      {asking && list !== null && (
        <BackupsDialog
          list={list}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}
