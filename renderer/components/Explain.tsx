import { Tooltip } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { JSX } from 'react';
import styles from './explain.module.css';

/** A small mark beside a word of the trade: what it means, on hover, on focus and for a screen reader. */
export function Explain({ term, means }: { readonly term: string; readonly means: string }): JSX.Element {
  return (
    <Tooltip label={means} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className={styles.explain} aria-label={`${term}: ${means}`}>
        <IconInfoCircle size={14} aria-hidden />
      </button>
    </Tooltip>
  );
}
