import type { JSX } from 'react';
import type { FoundBackup } from '../../../../shared/model/found/find.ts';
import { Note } from '../../../components/Notice.tsx';
import { plural } from '../../../words/format.ts';
import { isolate } from '../../../../shared/words/isolate.ts';
import notice from '../../../components/notice.module.css';

/** Backups that are named one by one. */
const NAMED = 3;

/** What could not be looked into: an event may be there all the same. Nothing where all was read. */
export function FindProblems({ backups }: { readonly backups: readonly FoundBackup[] }): JSX.Element | null {
  const said = backups.flatMap(problemsOf);
  if (said.length === 0) return null;
  return (
    <Note tone="warn">
      <div className={notice.what}>
        {plural(new Set(said.map(({ id }) => id)).size, 'backup')} could not be looked into as a whole; what you miss
        may be there.
      </div>
      {said.slice(0, NAMED).map(({ id, name, why }) => (
        <div key={`${String(id)} ${why}`} className={notice.said}>
          {name}: {why}
        </div>
      ))}
      {said.length > NAMED && <div className={notice.said}>… and {said.length - NAMED} more</div>}
    </Note>
  );
}

interface Problem {
  readonly id: number;
  readonly name: string;
  readonly why: string;
}

function problemsOf({ id, name, problem, rejected, rejections, doubled }: FoundBackup): readonly Problem[] {
  if (problem !== null) return [{ id, name, why: problem }];
  const found: Problem[] = [];
  const [first] = rejections;
  if (first !== undefined) {
    const title = first.title === '' ? '' : ` (“${isolate(first.title)}”)`;
    const why = `${plural(rejected, 'item')} cannot be read. The first, line ${String(first.line)}${title}: ${first.reason}`;
    found.push({ id, name, why });
  }
  if (doubled > 0) {
    const why = `it holds ${plural(doubled, 'older version')} of events beside newer ones. If it is several backups, choose its files one by one.`;
    found.push({ id, name, why });
  }
  return found;
}
