import type { JSX } from 'react';
import type { MappingProblem } from '../../../shared/model/batch/migrate.ts';
import { Note } from '../../components/Notice.tsx';
import { plural } from '../../words/format.ts';
import notice from '../../components/notice.module.css';

const SHOWN = 3;

/** Lines of a CSV that could not be taken at all. */
export function LeftOut({ problems }: { readonly problems: readonly MappingProblem[] }): JSX.Element | null {
  if (problems.length === 0) return null;
  return (
    <Note tone="warn" role="status">
      <div className={notice.what}>{plural(problems.length, 'line')} could not be taken.</div>
      {problems.slice(0, SHOWN).map(({ line, column, message }) => (
        <div key={`${String(line)} ${column}`} className={notice.said}>
          Line {line}
          {column !== '' && `, ${column}`}: {message}
        </div>
      ))}
      {problems.length > SHOWN && <div className={notice.said}>and {plural(problems.length - SHOWN, 'other')}.</div>}
    </Note>
  );
}
