import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import styles from './drawer.module.css';

interface DrawerProps {
  /** What it shows, for those who hear it. */
  readonly label: string;
  readonly testId: string;
  /** What its button closes; only the drawer when left out. */
  readonly closes?: string;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** What is open beside a list: its button and Escape close it. */
export function Drawer({ label, testId, closes, close, children }: DrawerProps): JSX.Element {
  return (
    <section
      className={styles.drawer}
      aria-label={label}
      data-testid={testId}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <ActionIcon
        className={styles.close}
        variant="subtle"
        color="gray"
        aria-label={closes === undefined ? 'Close' : `Close ${closes}`}
        onClick={close}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
      {children}
    </section>
  );
}
