import { IconLoader2 } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { BatchMember } from '../../../../shared/model/batch/batch.ts';
import { Drawer } from '../../../components/frame/Drawer.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { useMemberRows } from '../../../stores/batch/member-rows.ts';
import { plural } from '../../../words/format.ts';
import { NotCarried } from './MemberDrawer.tsx';
import { MemberRows } from './MemberRows.tsx';
import parts from '../../../components/parts.module.css';
import drawer from '../../../components/frame/drawer.module.css';

/** One calendar of a batch before consent: every event with what will happen to it. */
export function MemberPlan({ member }: { readonly member: BatchMember | undefined }): JSX.Element | null {
  const { planId, failure, total, close } = useMemberRows();
  if (member === undefined) return null;
  return (
    <Drawer label={`Plan for ${member.mailbox}`} testId="member-plan" close={close}>
      <div className={drawer.head}>
        <h2>{member.mailbox}</h2>
        <p className="dim small">
          {member.calendar}
          {planId !== null && `, ${plural(total, 'event')}`}
        </p>
        {member.verdict !== null && <p className="small dim">{member.verdict.because}</p>}
      </div>
      <div className={drawer.body}>
        {failure !== null && <Notice failure={failure} />}
        {member.problem !== null && failure === null && <Notice failure={member.problem} />}
        <NotCarried member={member} />
        {planId === null && failure === null && (
          <p className="row dim small" role="status">
            <IconLoader2 size={15} className={parts.spin} aria-hidden /> Looking at its events…
          </p>
        )}
        {planId !== null && <MemberRows key={planId} planId={planId} total={total} />}
      </div>
    </Drawer>
  );
}
