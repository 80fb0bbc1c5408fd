import { memo, type JSX } from 'react';
import type { BatchKind, BatchMember, MemberState } from '../../../shared/model/batch.ts';
import { memberWord } from '../../words/batch.ts';
import { useBatch } from './BatchContext.ts';

/** With more than this the list below says it better. */
const MOST = 600;

const CLASSES: Readonly<Record<MemberState, string>> = {
  queued: 'queued',
  checking: 'going',
  moving: 'going',
  verifying: 'going',
  done: 'done',
  'needs-you': 'bad',
  stopped: 'warn',
};

/** All calendars at one glance, a square each in the colour of its state; the list below says the same in words. */
export function MemberStrip(): JSX.Element | null {
  const members = useBatch((state) => state.snapshot.members);
  const kind = useBatch((state) => state.kind);
  const open = useBatch((state) => state.member);
  const openMember = useBatch((state) => state.openMember);
  if (members.length < 12 || members.length > MOST) return null;
  return (
    <div className="strip" aria-hidden>
      {members.map((member) => (
        <Square key={member.id} member={member} kind={kind} open={member.id === open} choose={openMember} />
      ))}
    </div>
  );
}

interface SquareProps {
  readonly member: BatchMember;
  readonly kind: BatchKind;
  readonly open: boolean;
  readonly choose: (id: number) => void;
}

const Square = memo(
  function Square({ member, kind, open, choose }: SquareProps): JSX.Element {
    return (
      <button
        type="button"
        tabIndex={-1}
        className={open ? `${CLASSES[member.state]} open` : CLASSES[member.state]}
        title={`${member.mailbox}: ${memberWord(member.state, kind).label}`}
        onClick={() => {
          choose(member.id);
        }}
      />
    );
  },
  (before, after) =>
    before.member.state === after.member.state && before.open === after.open && before.kind === after.kind,
);
