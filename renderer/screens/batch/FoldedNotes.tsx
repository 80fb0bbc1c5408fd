import type { JSX } from 'react';
import { Note } from '../../components/Notice.tsx';
import { plural } from '../../words/format.ts';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import styles from './batch.module.css';

/** So many stand open: a list of two hundred would push everything else out of sight. */
const OPEN = 2;

interface FoldedNotesProps {
  readonly notes: readonly string[];
  readonly tone: 'info' | 'hush';
}

/** Sentences that a person must know; more than two are folded away behind their number. */
export function FoldedNotes({ notes, tone }: FoldedNotesProps): JSX.Element | null {
  if (notes.length === 0) return null;
  const rest = notes.slice(OPEN);
  return (
    <Note tone={tone}>
      {notes.slice(0, OPEN).map((note) => (
        <p key={note}>{note}</p>
      ))}
      {rest.length > 0 && (
        <details className={parts.fold}>
          <summary>and {plural(rest.length, 'more note')}</summary>
          <div className={classes(styles.shortNotes, parts.scroll)} tabIndex={0}>
            {rest.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </div>
        </details>
      )}
    </Note>
  );
}
