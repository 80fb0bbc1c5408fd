import { IconArrowRight } from '@tabler/icons-react';
import { memo, useMemo, type JSX } from 'react';
import type { BatchKind, BatchMember, MemberState } from '../../../shared/model/batch/batch.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { endsOf, memberWord } from '../../words/batch.ts';
import { useBatch } from './BatchContext.ts';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import styles from './batch.module.css';

/** With fewer there is nothing to see. */
const FEW = 12;
/** With more than this the list below says it better. */
const MOST = 600;

const CLASSES: Readonly<Record<MemberState, string>> = {
  queued: styles.queued,
  checking: styles.going,
  moving: styles.going,
  verifying: styles.going,
  done: styles.done,
  'needs-attention': styles.bad,
  stopped: styles.warn,
};

/** Done first, then what goes on, what needs somebody, and what waits: the squares fill like a bar. */
const ORDER: readonly MemberState[] = [
  'done',
  'verifying',
  'moving',
  'checking',
  'needs-attention',
  'stopped',
  'queued',
];

/**
 * All calendars at one glance, by state, a square each in its colour; the list below says the same in words. Where they
 * come from and go to stands at both ends.
 */
export function MemberStrip(): JSX.Element | null {
  const members = useBatch((state) => state.snapshot.members);
  const kind = useBatch((state) => state.kind);
  const open = useBatch((state) => state.member);
  const openMember = useBatch((state) => state.openMember);
  const sorted = useMemo(
    () => members.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.id - b.id),
    [members],
  );
  const few = members.length < FEW || members.length > MOST;
  if (kind !== 'migrate' && few) return null;
  const { sources, targets } = endsOf(members);
  return (
    <div className={styles.flowLine}>
      {kind === 'migrate' && <End label="Source" names={sources} />}
      {kind === 'migrate' && <IconArrowRight size={16} className={parts.mark} aria-label="to" />}
      {!few && (
        <div className={styles.flowStrip} aria-hidden>
          {sorted.map((member) => (
            <Square key={member.id} member={member} kind={kind} open={member.id === open} choose={openMember} />
          ))}
        </div>
      )}
      {kind === 'migrate' && !few && <IconArrowRight size={16} className={parts.mark} aria-hidden />}
      {kind === 'migrate' && <End label="Target" names={targets} />}
    </div>
  );
}

function End({ label, names }: { readonly label: string; readonly names: readonly string[] }): JSX.Element {
  const [first = 'not known yet'] = names;
  const more = names.length - 1;
  return (
    <span className={styles.flowEnd} title={names.join(', ')}>
      <span className="small faint">{label}</span>
      <span className="strong ellipsis">{first}</span>
      {more > 0 && <span className="small dim">and {formatNumber(more)} more</span>}
    </span>
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
        className={classes(CLASSES[member.state], open && styles.open)}
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
