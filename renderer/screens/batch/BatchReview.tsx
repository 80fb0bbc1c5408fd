import { Button } from '@mantine/core';
import { IconDatabaseExport, IconLoader2 } from '@tabler/icons-react';
import { useContext, useMemo, useState, type JSX, type ReactNode } from 'react';
import type { BatchKind, BatchMember } from '../../../shared/model/batch/batch.ts';
import { Chip } from '../../components/Chip.tsx';
import { JobNoteFields } from '../../components/note/JobNoteFields.tsx';
import { Notice } from '../../components/Notice.tsx';
import { batchJob, planAgain } from '../../stores/batch/batch.ts';
import { useBackup } from '../../stores/backup.ts';
import { goTo } from '../../stores/batch/navigation.ts';
import { useMemberRows } from '../../stores/batch/member-rows.ts';
import { batchConsent, countRunning, whyNotBatch } from '../../words/batch.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { ASSURANCE_WORDS } from '../../words/modes.ts';
import { StopList } from '../job/StopList.tsx';
import { BatchConsent, needsBatchDialog } from './BatchConsent.tsx';
import { BatchContext, useBatch, useLane, useMemberNouns, useNamedColumns } from './BatchContext.ts';
import { FoldedNotes } from './FoldedNotes.tsx';
import { copiedOfMember, MemberName, nameOfMember } from './MemberName.tsx';
import { MemberPlan } from './member/MemberPlan.tsx';
import { byNumber, byText, MemberTable, type MemberColumn } from './MemberTable.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import frame from '../../components/frame/frame.module.css';
import fills from '../../components/outcome/fills.module.css';

interface BatchReviewProps {
  /** What this kind of batch is about, above the list. */
  readonly children?: ReactNode;
}

/** The plan of a batch: what a person must know, and each calendar with its numbers; a click shows its events. */
export function BatchReview({ children }: BatchReviewProps): JSX.Element {
  const { store } = useContext(BatchContext);
  const plan = useBatch((state) => state.plan);
  const failure = useBatch((state) => state.failure);
  const job = useBatch(batchJob);
  return (
    <>
      {failure !== null && (
        <Notice
          failure={failure}
          action={{
            label: 'Make the plan again',
            run: () => {
              planAgain(store);
            },
          }}
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
    <section className={classes(parts.card, parts.padded, 'stack')} role="status" aria-label="Planning">
      <div className="row">
        <IconLoader2 size={17} className={parts.spin} aria-hidden />
        <span>Planning each calendar… {of !== null && of > 0 && `${formatNumber(done)} of ${formatNumber(of)}`}</span>
        <span className="faint">Nothing is written while a plan is made.</span>
      </div>
      <div className={fills.progress} aria-hidden>
        <i
          className={fills.fillUpd}
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
  const { many } = useMemberNouns();
  const kind = useBatch((state) => state.plan?.summary.kind ?? 'restore');
  const own = useMemo(() => columnsOf(kind, open !== null), [kind, open]);
  const columns = useNamedColumns(own);
  return (
    <section className={classes(frame.fill, frame.review, parts.card)} aria-label={many}>
      <div className={classes(frame.splitView, open !== null && frame.open)}>
        <div className={frame.gridFrame}>
          <MemberTable<BatchMember>
            list="batch-plan"
            label={many}
            items={members}
            idOf={idOfMember}
            copied={copiedOfMember}
            columns={columns}
            open={open}
            onOpen={(member) => {
              if (member === null) rows.close();
              else if (member !== open) void rows.open(planId, member);
            }}
            empty={null}
          />
          <div className={frame.gridFoot}>
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
  rest: true,
  compare: byText(nameOfMember),
  render: (member) => <MemberName member={member} />,
};
/** What is done with the events of a calendar. */
const TO_DO: Readonly<Record<BatchKind, string>> = {
  migrate: 'To copy',
  cleanup: 'To remove',
  announce: 'To announce',
  undo: 'To undo',
  restore: 'To restore',
};
const WRITES: MemberColumn<BatchMember> = {
  id: 'writes',
  label: 'To write',
  compare: byNumber(({ writes }) => writes),
  width: '96px',
  className: 'number',
  render: ({ writes }) => number(writes),
};
const VERDICT: MemberColumn<BatchMember> = {
  id: 'verdict',
  label: 'Status',
  compare: byText(statusOf),
  width: '84px',
  render: (member) => <Chip tone={statusOf(member) === 'ready' ? 'hush' : 'bad'}>{statusOf(member)}</Chip>,
};

function statusOf({ problem, verdict }: BatchMember): string {
  if (problem !== null || verdict === null) return 'blocked';
  return verdict.effective === null ? ASSURANCE_WORDS[verdict.assurance].short : 'ready';
}

function troubleOf({ counts }: BatchMember): number {
  return (counts?.conflict ?? 0) + (counts?.reject ?? 0);
}

const COLUMNS: readonly MemberColumn<BatchMember>[] = [
  NAME,
  WRITES,
  {
    id: 'same',
    label: 'Unchanged',
    from: 500,
    compare: byNumber(({ counts }) => counts?.unchanged),
    width: '92px',
    className: 'number dim',
    render: ({ counts }) => number(counts?.unchanged),
  },
  {
    id: 'trouble',
    label: 'Need attention',
    compare: byNumber(troubleOf),
    width: '118px',
    className: 'number',
    render: (member) => {
      const trouble = troubleOf(member);
      return <span className={trouble > 0 ? parts.unclear : ''}>{number(trouble)}</span>;
    },
  },
  VERDICT,
  {
    id: 'says',
    label: 'Notes',
    from: 560,
    compare: byText(saysOf),
    width: 'minmax(110px, 1fr)',
    className: 'dim',
    render: (member) => <span title={saysOf(member)}>{saysOf(member)}</span>,
  },
];
const NARROW: readonly MemberColumn<BatchMember>[] = [NAME, WRITES, VERDICT];

function columnsOf(kind: BatchKind, narrow: boolean): readonly MemberColumn<BatchMember>[] {
  return (narrow ? NARROW : COLUMNS).map((column) =>
    column.id === 'writes' ? { ...column, label: TO_DO[kind] } : column,
  );
}

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
  /** The plan that is asked about: another one is asked about anew. */
  const [asking, setAsking] = useState<string | null>(null);
  const planning = useBatch((state) => state.planning);
  const reason = plan === null ? null : whyNotBatch(plan.summary);
  const calendars = plan === null ? 0 : countRunning(plan.members);
  const go = async (messages: number | null): Promise<void> => {
    setAsking(null);
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
      <span className={classes(frame.note, 'ellipsis')}>
        {plan === null ? '' : (reason ?? 'Nothing has been written yet')}
      </span>
      <Button
        variant="filled"
        data-testid="start-batch"
        disabled={plan === null || reason !== null}
        loading={starting}
        onClick={() => {
          if (plan !== null && needsBatchDialog(plan)) setAsking(plan.planId);
          else void go(null);
        }}
      >
        {plan === null ? (planning ? 'Planning…' : 'Nothing will be written') : batchConsent(plan.summary, calendars)}
      </Button>
      {plan !== null && asking === plan.planId && (
        <BatchConsent
          summary={plan.summary}
          members={plan.members}
          onClose={() => {
            setAsking(null);
          }}
          onYes={(messages) => void go(messages)}
        />
      )}
    </>
  );
}
