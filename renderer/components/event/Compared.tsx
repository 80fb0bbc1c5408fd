import { useMemo, type JSX } from 'react';
import type { ComparedField } from '../../words/event/event.ts';
import { wordDiff, type Piece } from '../../words/event/word-diff.ts';
import styles from './event.module.css';

interface ComparedProps {
  /** Heads of the two columns. */
  readonly before: string;
  readonly after: string;
  readonly fields: readonly ComparedField[];
  /** What is said where both read the same. */
  readonly same: string;
}

/** Two versions of an event side by side: the fields that differ, and in them the words that do. */
export function Compared({ before, after, fields, same }: ComparedProps): JSX.Element {
  return (
    <table className={styles.compared} data-testid="compared">
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Field</span>
          </th>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <Row key={field.field} field={field} same={same} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  field: { field, before, after },
  same,
}: {
  readonly field: ComparedField;
  readonly same: string;
}): JSX.Element {
  const diff = useMemo(() => wordDiff(before ?? '', after ?? ''), [before, after]);
  return (
    <tr>
      <th scope="row">{field}</th>
      {before === after ? (
        <td className={styles.then} colSpan={2}>
          {same}
        </td>
      ) : (
        <>
          <td>
            {before === null ? (
              <span className={styles.then}>not there</span>
            ) : (
              <Pieces pieces={diff.before} mark="del" />
            )}
          </td>
          <td>
            {after === null ? (
              <span className={styles.then}>not there</span>
            ) : (
              <Pieces pieces={diff.after} mark="ins" />
            )}
          </td>
        </>
      )}
    </tr>
  );
}

function Pieces({
  pieces,
  mark: Mark,
}: {
  readonly pieces: readonly Piece[];
  readonly mark: 'del' | 'ins';
}): JSX.Element {
  return (
    <div className={styles.text} dir="auto">
      {pieces.map(({ text, own }, at) => (own ? <Mark key={at}>{text}</Mark> : <span key={at}>{text}</span>))}
    </div>
  );
}
