import { Button } from '@mantine/core';
import { IconDatabaseExport, IconLoader2 } from '@tabler/icons-react';
import { useState, type JSX, type ReactNode } from 'react';
import type { BatchMember } from '../../../shared/model/batch.ts';
import { Chip } from '../../components/Chip.tsx';
import { JobNoteFields } from '../../components/JobNoteFields.tsx';
import { Notice } from '../../components/Notice.tsx';
import { batchJob } from '../../stores/batch/batch.ts';
import { useBackup } from '../../stores/backup.ts';
import { goTo } from '../../stores/batch/navigation.ts';
import { useMemberRows } from '../../stores/batch/member-rows.ts';
import { batchConsent, countRunning, whyNotBatch } from '../../words/batch.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { ASSURANCE_WORDS } from '../../words/modes.ts';
import { StopList } from '../job/StopList.tsx';
import { BatchConsent, needsBatchDialog } from './BatchConsent.tsx';
import { useBatch, useLane } from './BatchContext.ts';
import { FoldedNotes } from './FoldedNotes.tsx';
import { MemberName } from './MemberName.tsx';
import { MemberPlan } from './MemberPlan.tsx';
import { MemberTable, type MemberColumn } from './MemberTable.tsx';

interface BatchReviewProps {
  /** What this kind of batch is about, above the list. */
  readonly children?: ReactNode;
  /** Makes the plan anew, after a failure. */
  readonly again: (() => void) | null;
}

/** The plan of a batch: what a person must know, and each calendar with its numbers; a click shows its events. */
export function BatchReview({ children, again }: BatchReviewProps): JSX.Element {
  const plan = useBatch((state) => state.plan);
  const failure = useBatch((state) => state.failure);
  const job = useBatch(batchJob);
  return (
    <>
      {failure !== null && (
        <Notice
          failure={failure}
          {...(again === null ? {} : { action: { label: 'Make the plan again', run: again } })}
        />
      )}
      {plan === null && failure === null && <Planning />}
      {plan !== null && (
        <>
          {children}
          <StopList stops={plan.summary.stops} />
          <FoldedNotes notes={plan.summary.notes} tone="info" />
          <Members planId={plan.planId} members={plan.members} />
          <JobNoteFields job={job} />
        </>
      )}
    </>
  );
}

function Planning(): JSX.Element {
  const progress = useBatch((state) => state.progress);
  const of = progress?.of ?? null;
  const done = progress?.done ?? 0;
  return (
    <section className="card padded stack" role="status" aria-label="Planning">
      <div className="row">
        <IconLoader2 size={17} className="spin" aria-hidden />
        <span>Planning each calendar… {of !== null && of > 0 && `${formatNumber(done)} of ${formatNumber(of)}`}</span>
        <span className="faint">Nothing is written while a plan is made.</span>
      </div>
      <div className="progress" aria-hidden>
        <i
          className="fill-upd"
          style={{ width: `${of === null || of === 0 ? '0' : ((done / of) * 100).toFixed(1)}%` }}
        />
      </div>
    </section>
  );
}

function Members(props: { readonly planId: string; readonly members: readonly BatchMember[] }): JSX.Element {
  const { planId, members } = props;
  const open = useMemberRows((state) => (state.batchPlan === planId ? state.member : null));
  const rows = useMemberRows.getState();
  return (
    <section className="card fill review" aria-label="Mailboxes">
      <div className={open === null ? 'split-view' : 'split-view open'}>
        <div className="grid-frame">
          <MemberTable<BatchMember>
            label="Mailboxes"
            items={members}
            idOf={idOfMember}
            columns={open === null ? COLUMNS : NARROW}
            open={open}
            onOpen={(member) => {
              if (member === null) rows.close();
              else if (member !== open) void rows.open(planId, member);
            }}
            empty={null}
          />
          <div className="grid-foot">
            <span>
              {plural(members.length, 'calendar')}, open one to see each of its events. {sourceWords(members)}
            </span>
          </div>
        </div>
        {open !== null && <MemberPlan member={members[open]} />}
      </div>
    </section>
  );
}

function sourceWords(members: readonly BatchMember[]): string {
  const left = members.reduce((sum, { notCarried }) => sum + notCarried.length, 0);
  return left === 0 ? '' : `${plural(left, 'thing')} cannot be carried along.`;
}

function idOfMember({ id }: BatchMember): number {
  return id;
}

function number(value: number | undefined): string {
  return value === undefined || value === 0 ? '–' : formatNumber(value);
}

const NAME: MemberColumn<BatchMember> = {
  id: 'name',
  label: 'Mailbox',
  width: 'minmax(130px, 1.1fr)',
  render: (member) => <MemberName member={member} />,
};
const WRITES: MemberColumn<BatchMember> = {
  id: 'writes',
  label: 'To write',
  width: '72px',
  className: 'number',
  render: ({ writes }) => number(writes),
};
const VERDICT: MemberColumn<BatchMember> = {
  id: 'verdict',
  label: 'Status',
  width: '84px',
  render: (member) =>
    member.problem === null && member.verdict !== null ? (
      <Chip tone={member.verdict.effective === null ? 'bad' : 'hush'}>
        {member.verdict.effective === null ? ASSURANCE_WORDS[member.verdict.assurance].short : 'ready'}
      </Chip>
    ) : (
      <Chip tone="bad">blocked</Chip>
    ),
};

const COLUMNS: readonly MemberColumn<BatchMember>[] = [
  NAME,
  WRITES,
  {
    id: 'same',
    label: 'Unchanged',
    width: '80px',
    className: 'number dim',
    render: ({ counts }) => number(counts?.unchanged),
  },
  {
    id: 'trouble',
    label: 'Need attention',
    width: '76px',
    className: 'number',
    render: ({ counts }) => {
      const trouble = (counts?.conflict ?? 0) + (counts?.reject ?? 0);
      return <span className={trouble > 0 ? 'unclear' : ''}>{number(trouble)}</span>;
    },
  },
  VERDICT,
  {
    id: 'says',
    label: '',
    width: 'minmax(110px, 1fr)',
    className: 'dim',
    render: (member) => <span title={saysOf(member)}>{saysOf(member)}</span>,
  },
];
const NARROW: readonly MemberColumn<BatchMember>[] = [NAME, WRITES, VERDICT];

function saysOf({ problem, sources, notCarried }: BatchMember): string {
  if (problem !== null) return problem.message;
  if (notCarried.length > 0) return `${plural(notCarried.length, 'thing')} not copied`;
  return sources.length === 0 ? '' : `from ${sources.join(', ')}`;
}

interface BatchReviewFootProps {
  readonly back: (() => void) | null;
  /** Whether a backup of the target calendars is offered. */
  readonly backup: boolean;
}

/** The way on: a backup first, and consent with the number. */
export function BatchReviewFoot({ back, backup }: BatchReviewFootProps): JSX.Element {
  const plan = useBatch((state) => state.plan);
  const starting = useBatch((state) => state.starting);
  const start = useBatch((state) => state.start);
  const lane = useLane();
  const openBackup = useBackup((state) => state.open);
  const [asking, setAsking] = useState(false);
  const reason = plan === null ? null : whyNotBatch(plan.summary);
  const calendars = plan === null ? 0 : countRunning(plan.members);
  const go = async (messages: number | null): Promise<void> => {
    setAsking(false);
    useMemberRows.getState().close();
    if (await start(messages)) goTo(lane, 'run');
  };
  return (
    <>
      {back !== null && (
        <Button variant="subtle" onClick={back}>
          Back
        </Button>
      )}
      {backup && (
        <Button
          leftSection={<IconDatabaseExport size={15} aria-hidden />}
          disabled={plan === null}
          onClick={() => {
            if (plan !== null)
              openBackup({ kind: 'batch', planId: plan.planId }, plural(plan.members.length, 'calendar'));
          }}
        >
          Back up first…
        </Button>
      )}
      <span className="grow" />
      <span className="note ellipsis">{plan === null ? '' : (reason ?? 'Nothing has been written yet')}</span>
      <Button
        variant="filled"
        data-testid="start-batch"
        disabled={plan === null || reason !== null}
        loading={starting}
        onClick={() => {
          if (plan !== null && needsBatchDialog(plan)) setAsking(true);
          else void go(null);
        }}
      >
        {plan === null ? 'Planning…' : batchConsent(plan.summary, calendars)}
      </Button>
      {asking && plan !== null && (
        <BatchConsent
          summary={plan.summary}
          members={plan.members}
          onClose={() => {
            setAsking(false);
          }}
          onYes={(messages) => void go(messages)}
        />
      )}
    </>
  );
}
