import type { JSX } from 'react';
import type { Inspection } from '../../../../shared/model/inspection.ts';
import { Place } from '../../../components/server/Place.tsx';
import { formatNumber, plural } from '../../../words/format.ts';

interface FindingGroupsProps {
  readonly findings: Inspection['findings'];
  readonly counts: Inspection['findingCounts'];
}

/** Repairs and warnings by kind: how many, what it is, where the first one stands. */
export function FindingGroups({ findings, counts }: FindingGroupsProps): JSX.Element {
  const groups = Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .flatMap(([code, count]) => {
      const first = findings.find((entry) => entry.finding.code === code);
      return first === undefined ? [] : [{ code, count, first }];
    });
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  return (
    <details className="fold">
      <summary>
        <span className="chip upd">{plural(total, 'note')}</span> automatic fixes, and things to know
      </summary>
      <ul className="fold-body stack tight">
        {groups.map(({ code, count, first }) => (
          <li key={code} className="finding">
            <span className={first.finding.kind === 'repair' ? 'chip upd' : 'chip warn'}>
              {first.finding.kind === 'repair' ? 'Repair' : 'Warning'} × {formatNumber(count)}
            </span>
            <span>
              {first.finding.message}{' '}
              <span className="faint small">
                e.g. <Place file={first.file} line={first.line} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
