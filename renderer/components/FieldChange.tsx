import type { JSX } from 'react';

interface FieldChangeProps {
  readonly before: string | null;
  readonly after: string | null;
  /** What is said when both read the same. */
  readonly same: string;
}

/** A field that was and became something else; null where it is not there. */
export function FieldChange({ before, after, same }: FieldChangeProps): JSX.Element {
  if (before === after) return <span className="then">{same}</span>;
  return (
    <>
      {before === null ? <span className="then">not there</span> : <del>{before}</del>}
      {' → '}
      {after === null ? <span className="then">not there</span> : <ins>{after}</ins>}
    </>
  );
}
