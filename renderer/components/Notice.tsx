import { Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import type { Failure } from '../../shared/model/failure.ts';
import { classes } from './classes.ts';
import styles from './notice.module.css';

/** A button beside what is said. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/** A failure for a person: what happened and what to do, and the other side's own words where there are any. */
export function Notice({
  failure,
  action,
}: {
  readonly failure: Failure;
  readonly action?: NoticeAction;
}): JSX.Element {
  return (
    <Note tone="bad" role="alert" {...(action === undefined ? {} : { action })}>
      <div className={styles.what}>{failure.message}</div>
      {failure.detail !== undefined && <div className={styles.said}>The server said: {failure.detail}</div>}
      {failure.reaction === 'our-bug' && (
        <div className={styles.said}>This should not happen. Please report it with the code {failure.code}.</div>
      )}
    </Note>
  );
}

interface NoteProps {
  readonly tone: 'info' | 'warn' | 'bad' | 'hush';
  readonly role?: 'alert' | 'status' | 'note';
  readonly action?: NoticeAction;
  readonly children: ReactNode;
}

export function Note({ tone, role = 'note', action, children }: NoteProps): JSX.Element {
  const Icon = tone === 'info' || tone === 'hush' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={classes(styles.notice, tone !== 'info' && styles[tone])} role={role}>
      <Icon size={17} aria-hidden />
      <div className="grow">{children}</div>
      {action !== undefined && (
        <Button size="xs" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
