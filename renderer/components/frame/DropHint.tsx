import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useCallback, useState, type JSX } from 'react';
import { useApp } from '../../stores/app.ts';
import { useDrop } from '../useDrop.ts';
import { classes } from '../classes.ts';
import parts from '../parts.module.css';
import styles from './band.module.css';

/** On screens that take no files: says where those go that are dropped here. */
export function DropHint(): JSX.Element | null {
  const screen = useApp((state) => state.screen);
  return screen === 'history' || screen === 'servers' || screen === 'practice' ? <Hint key={screen} /> : null;
}

function Hint(): JSX.Element | null {
  const [dropped, setDropped] = useState(false);
  const go = useApp((state) => state.go);
  const take = useCallback(() => {
    setDropped(true);
    return Promise.resolve();
  }, []);
  const over = useDrop(take);
  if (!over && !dropped) return null;
  return (
    <div className={classes(styles.dropHint, parts.card, 'row')} role="status" data-testid="drop-hint">
      <IconFileImport size={20} aria-hidden />
      <span className="grow">
        {dropped ? 'Nothing was opened here. ' : ''}Drop backups under Restore, and lists of mailboxes under Migrate.
      </span>
      {dropped && (
        <>
          <Button
            size="xs"
            variant="filled"
            onClick={() => {
              go('restore');
            }}
          >
            Go to Restore
          </Button>
          <Button
            size="xs"
            onClick={() => {
              setDropped(false);
            }}
          >
            Dismiss
          </Button>
        </>
      )}
    </div>
  );
}
