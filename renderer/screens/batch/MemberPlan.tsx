import { ActionIcon } from '@mantine/core';
import { IconLoader2, IconRepeat, IconX } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type JSX } from 'react';
import type { BatchMember } from '../../../shared/model/batch.ts';
import type { PlanRow } from '../../../shared/model/plan.ts';
import { Chip } from '../../components/Chip.tsx';
import { Notice } from '../../components/Notice.tsx';
import { rowAt } from '../../stores/job/rowcache.ts';
import { useMemberRows } from '../../stores/batch/member-rows.ts';
import { formatStart, plural, shortAddress } from '../../words/format.ts';
import { ACTION_WORDS } from '../../words/outcomes.ts';
import { NotCarried } from './MemberDrawer.tsx';

/** CSS pixels; must agree with `.plan-line` in the styles. */
const LINE_HEIGHT = 44;

/** One calendar of a batch before consent: every event with what will happen to it. */
export function MemberPlan({ member }: { readonly member: BatchMember | undefined }): JSX.Element | null {
  const { planId, failure, total, close } = useMemberRows();
  if (member === undefined) return null;
  return (
    <section
      className="drawer"
      aria-label={`Plan for ${member.mailbox}`}
      data-testid="member-plan"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <ActionIcon className="drawer-close" variant="subtle" color="gray" aria-label="Close" onClick={close}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
      <div className="drawer-head">
        <h2>{member.mailbox}</h2>
        <p className="dim small">
          {member.calendar}
          {planId !== null && `, ${plural(total, 'event')}`}
        </p>
        {member.verdict !== null && <p className="small dim">{member.verdict.because}</p>}
      </div>
      <div className="drawer-body">
        {failure !== null && <Notice failure={failure} />}
        {member.problem !== null && failure === null && <Notice failure={member.problem} />}
        <NotCarried member={member} />
        {planId === null && failure === null && (
          <p className="row dim small" role="status">
            <IconLoader2 size={15} className="spin" aria-hidden /> Looking at its events…
          </p>
        )}
        {planId !== null && <Lines key={planId} />}
      </div>
    </section>
  );
}

function Lines(): JSX.Element {
  const cache = useMemberRows((state) => state.cache);
  const total = useMemberRows((state) => state.total);
  const need = useMemberRows((state) => state.need);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 8,
  });
  const entries = virtual.getVirtualItems();
  const first = entries[0]?.index ?? 0;
  const last = entries.at(-1)?.index ?? 0;
  useEffect(() => {
    if (total > 0) need(first, last);
  }, [first, last, total, need, cache]);
  return (
    <div className="scroll plan-lines" ref={scroller} tabIndex={0} role="region" aria-label="Events">
      <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {entries.map(({ index, start }) => (
          <li key={index} className="plan-line" style={{ transform: `translateY(${String(start)}px)` }}>
            <Line row={rowAt(cache, index)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({ row }: { readonly row: PlanRow | undefined }): JSX.Element {
  if (row === undefined) return <span className="ghost" />;
  const { tone, label } = ACTION_WORDS[row.action];
  const who = row.organizer === null ? '' : `, ${shortAddress(row.organizer)}`;
  return (
    <>
      <Chip tone={tone}>{label}</Chip>
      <span className="two-lines">
        <span className="row">
          <span className="ellipsis" dir="auto">
            {row.title === '' ? row.reason || 'without a title' : row.title}
          </span>
          {row.recurring && <IconRepeat size={13} className="mark" aria-label="series" />}
        </span>
        <span className="small dim ellipsis">
          {formatStart(row.start, row.startsAt)}
          {who}
          {row.notified > 0 && `, notifies ${plural(row.notified, 'person', 'people')}`}
        </span>
      </span>
    </>
  );
}
