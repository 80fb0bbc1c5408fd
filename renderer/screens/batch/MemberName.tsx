import type { JSX } from 'react';
import type { BatchMember } from '../../../shared/model/batch/batch.ts';
import { useLane } from './BatchContext.ts';
import grid from '../../components/list/grid.module.css';

/** Whose calendar, and below it which one; where all are one user's, the other way round. */
export function MemberName({ member }: { readonly member: BatchMember }): JSX.Element {
  const { mailbox, calendar, calendarUrl } = member;
  const [first, second] = useLane() === 'restore' ? [calendar, mailbox] : [mailbox, calendar];
  return (
    <span className={grid.twoLines}>
      <span className="strong ellipsis">{first}</span>
      <span className="small dim ellipsis" title={calendarUrl ?? undefined}>
        {second}
      </span>
    </span>
  );
}

/** As a list is put in order by it. */
export function nameOfMember({ mailbox, calendar }: Pick<BatchMember, 'mailbox' | 'calendar'>): string {
  return `${mailbox} ${calendar}`;
}

/** What the menu of a row puts on the clipboard. */
export function copiedOfMember({ mailbox, calendarUrl }: Pick<BatchMember, 'mailbox' | 'calendarUrl'>): {
  readonly name: string;
  readonly address: string | null;
} {
  return { name: mailbox, address: calendarUrl };
}
