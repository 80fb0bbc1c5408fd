import type { JSX } from 'react';
import { formatFileLine, shortPath } from '../../words/format.ts';
import styles from './file-line.module.css';

/** File and line, short; the whole path on hover. */
export function FileLine({ file, line }: { readonly file: string; readonly line: number }): JSX.Element {
  return (
    <span className={styles.fileLine} title={formatFileLine({ file, line })}>
      {formatFileLine({ file: shortPath(file, 2), line })}
    </span>
  );
}
