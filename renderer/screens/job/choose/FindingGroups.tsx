import type { JSX } from 'react';
import type { Inspection } from '../../../../shared/model/found/inspection.ts';
import { FileLine } from '../../../components/event/FileLine.tsx';
import { formatNumber, plural } from '../../../words/format.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import chip from '../../../components/chip.module.css';
import styles from './choose.module.css';

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
    <details className={parts.fold}>
      <summary>
        <span className={classes(chip.chip, chip.upd)}>{plural(total, 'note')}</span> automatic fixes, and things to
        know
      </summary>
      <ul className={classes(parts.foldBody, 'stack tight')}>
        {groups.map(({ code, count, first }) => (
          <li key={code} className={styles.finding}>
            <span
              className={first.finding.kind === 'repair' ? classes(chip.chip, chip.upd) : classes(chip.chip, chip.warn)}
            >
              {first.finding.kind === 'repair' ? 'Repair' : 'Warning'} × {formatNumber(count)}
            </span>
            <span>
              {first.finding.message}{' '}
              <span className="faint small">
                e.g. <FileLine file={first.file} line={first.line} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
