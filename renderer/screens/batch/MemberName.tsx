import type { JSX } from 'react';
import type { BatchMember } from '../../../shared/model/batch.ts';
import { useLane } from './BatchContext.ts';

/** Whose calendar, and below it which one; where all are one user's, the other way round. */
export function MemberName({ member }: { readonly member: BatchMember }): JSX.Element {
  const { mailbox, calendar, calendarUrl } = member;
  const [first, second] = useLane() === 'restore' ? [calendar, mailbox] : [mailbox, calendar];
  return (
    <span className="two-lines">
      <span className="strong ellipsis">{first}</span>
      <span className="small dim ellipsis" title={calendarUrl ?? undefined}>
        {second}
      </span>
    </span>
  );
}
