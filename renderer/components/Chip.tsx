import type { JSX, ReactNode } from 'react';
import type { Tone } from '../words/modes.ts';
import { classes } from './classes.ts';
import styles from './chip.module.css';

interface ChipProps {
  readonly tone: Tone;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Chip({ tone, className, children }: ChipProps): JSX.Element {
  return <span className={classes(styles.chip, tone !== 'same' && styles[tone], className)}>{children}</span>;
}
