import type { JSX } from 'react';
import type { BatchMember } from '../../../shared/model/batch.ts';

/** Whose calendar, and below it which one. */
export function MemberName({ member }: { readonly member: BatchMember }): JSX.Element {
  return (
    <span className="two-lines">
      <span className="strong ellipsis">{member.mailbox}</span>
      <span className="small dim ellipsis" title={member.calendarUrl ?? undefined}>
        {member.calendar}
      </span>
    </span>
  );
}
