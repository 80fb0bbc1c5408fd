import type { JSX } from 'react';
import type { BatchMember } from '../../../shared/model/batch/batch.ts';
import { formatNumber } from '../../words/format.ts';
import { classes } from '../../components/classes.ts';
import fills from '../../components/outcome/fills.module.css';
import styles from './batch.module.css';

interface MemberBarProps {
  readonly member: BatchMember;
  /** Events that have an outcome. */
  readonly done: number;
}

/** How far one calendar is: read back in full colour, written and not read back yet lighter. */
export function MemberBar({ member, done }: MemberBarProps): JSX.Element {
  const of = Math.max(member.writes, done);
  const verified = Math.min(member.verified, of);
  const written = Math.max(verified, Math.min(of, Math.max(member.written, done)));
  const trouble = member.state === 'needs-attention';
  return (
    <span className={styles.memberBar}>
      <span
        className={classes(styles.thin, fills.progress)}
        role="progressbar"
        aria-label={`${member.mailbox}, ${member.calendar}`}
        aria-valuemin={0}
        aria-valuemax={Math.max(1, of)}
        aria-valuenow={written}
      >
        <i className={trouble ? fills.fillWarn : fills.fillNew} style={{ width: percent(verified, of) }} />
        <i className={fills.fillWaiting} style={{ width: percent(written - verified, of) }} />
      </span>
      <span className="small dim nowrap">
        {of === 0 ? 'nothing to write' : `${formatNumber(written)} of ${formatNumber(of)}`}
      </span>
    </span>
  );
}

function percent(part: number, of: number): string {
  return `${of === 0 ? '0' : ((part / of) * 100).toFixed(2)}%`;
}
