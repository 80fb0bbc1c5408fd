import type { JSX } from 'react';
import { formatPlace, shortPath } from '../../words/format.ts';
import styles from './place.module.css';

/** File and line, short; the whole path on hover. */
export function Place({ file, line }: { readonly file: string; readonly line: number }): JSX.Element {
  return (
    <span className={styles.place} title={formatPlace({ file, line })}>
      {formatPlace({ file: shortPath(file, 2), line })}
    </span>
  );
}
