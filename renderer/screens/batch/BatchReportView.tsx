import { useMemo, type JSX } from 'react';
import { MEMBER_STATES, type BatchReport, type MemberReport } from '../../../shared/model/batch/batch.ts';
import { Chip } from '../../components/Chip.tsx';
import { Notice } from '../../components/Notice.tsx';
import { JobNoteLine } from '../../components/note/JobNoteLine.tsx';
import { OutcomeBar } from '../../components/outcome/OutcomeBar.tsx';
import { OutcomeCounts } from '../../components/outcome/OutcomeCounts.tsx';
import { countWritten } from '../../../shared/model/outcome.ts';
import { batchHeadline, memberWord } from '../../words/batch.ts';
import { formatMoment, formatNumber, plural } from '../../words/format.ts';
import { STATUS_WORDS } from '../../words/outcomes.ts';
import { countAll } from '../../words/report.ts';
import { useBatch, useMemberNouns, useNamedColumns } from './BatchContext.ts';
import { FoldedNotes } from './FoldedNotes.tsx';
import { MissingSecrets } from './MissingSecrets.tsx';
import { MemberDrawer } from './member/MemberDrawer.tsx';
import { copiedOfMember, MemberName, nameOfMember } from './MemberName.tsx';
import { byNumber, byText, MemberTable, type MemberColumn } from './MemberTable.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import overall from '../../components/overall.module.css';
import frame from '../../components/frame/frame.module.css';

/** The report of a batch: the whole, and each calendar reconciled; the events of one are a click away. */
export function BatchReportView({ report }: { readonly report: BatchReport }): JSX.Element {
  const { batch, notes } = report;
  const open = useBatch((state) => state.member);
  const openMember = useBatch((state) => state.openMember);
  const failure = useBatch((state) => state.failure);
  const { title, says } = batchHeadline(batch, countWrittenIn(report));
  const all = countAll(batch.totals);
  const { many } = useMemberNouns();
  const own = useMemo(() => columnsOf(report, open !== null), [report, open]);
  const columns = useNamedColumns(own);
  return (
    <>
      {failure !== null && <Notice failure={failure} />}
      <section className={classes(overall.overall, parts.card)} aria-label="Result" data-testid="report">
        <div className="row">
          <h2 className={overall.big} data-testid="headline">
            {title}
          </h2>
          <span className="grow" />
          <Chip tone={STATUS_WORDS[batch.status].tone}>{STATUS_WORDS[batch.status].label}</Chip>
        </div>
        <p className="dim">{says}</p>
        <OutcomeBar job={batch.kind} totals={batch.totals} of={all} done={all - batch.totals.cancelled} />
        <div className={classes(overall.counts, 'row wrap')} data-testid="totals">
          <OutcomeCounts totals={batch.totals} job={batch.kind} />
          <span className="faint small">
            {formatMoment(batch.startedAt, new Date())} · {plural(batch.members, 'calendar')} ·{' '}
            {formatNumber(batch.verified)} of {formatNumber(countWritten(batch.totals))} read back and verified
          </span>
        </div>
        <JobNoteLine id={batch.batchId} of={batch} name="job" />
      </section>
      {batch.canResume && <MissingSecrets batch={batch} />}
      <FoldedNotes notes={notes} tone="hush" />
      <section className={classes(frame.fill, frame.review, parts.card)} aria-label={many}>
        <div className={classes(frame.splitView, open !== null && frame.open)}>
          <div className={frame.gridFrame}>
            <MemberTable<MemberReport>
              list="batch-report"
              label={many}
              items={report.members}
              idOf={idOfMember}
              copied={copiedOfMember}
              columns={columns}
              open={open}
              onOpen={openMember}
              empty={null}
            />
            <div className={frame.gridFoot}>
              <span>{reconciledWords(report)}</span>
            </div>
          </div>
          {open !== null && <MemberDrawer id={open} />}
        </div>
      </section>
    </>
  );
}

function idOfMember({ id }: MemberReport): number {
  return id;
}

function columnsOf({ batch, members }: BatchReport, narrow: boolean): readonly MemberColumn<MemberReport>[] {
  const compares = members.some(({ before }) => before !== null);
  const state: MemberColumn<MemberReport> = {
    id: 'state',
    label: 'State',
    compare: byNumber(({ state: one }) => MEMBER_STATES.indexOf(one)),
    width: '112px',
    render: (member) => {
      const word = memberWord(member.state, batch.kind, member.problem?.code);
      return <Chip tone={word.tone}>{word.label}</Chip>;
    },
  };
  const name: MemberColumn<MemberReport> = {
    id: 'name',
    label: 'Mailbox',
    width: 'minmax(120px, 1fr)',
    rest: true,
    compare: byText(nameOfMember),
    render: (member) => <MemberName member={member} />,
  };
  const there: readonly MemberColumn<MemberReport>[] = compares
    ? [
        {
          id: 'before',
          label: 'Source',
          width: '78px',
          className: 'number',
          compare: byNumber(({ before }) => before),
          render: ({ before }) => count(before),
        },
        {
          id: 'after',
          label: 'Target',
          width: '72px',
          className: 'number',
          compare: byNumber(({ after }) => after),
          render: ({ after }) => count(after),
        },
      ]
    : [
        {
          id: 'written',
          label: 'Events',
          compare: byNumber(({ totals }) => (totals === null ? null : countWritten(totals))),
          width: '72px',
          className: 'number',
          render: ({ totals }) => count(totals === null ? null : countWritten(totals)),
        },
      ];
  if (narrow) return [state, name, ...there];
  return [
    state,
    name,
    ...there,
    {
      id: 'verified',
      label: 'Read back',
      from: 480,
      compare: byNumber(({ verified }) => verified),
      width: '78px',
      className: 'number dim',
      render: ({ verified }) => count(verified),
    },
    {
      id: 'says',
      label: 'Differences',
      from: 560,
      compare: byText(differenceWords),
      width: 'minmax(150px, 1.3fr)',
      className: 'dim',
      render: differenceWords,
    },
  ];
}

function count(value: number | null): string {
  return value === null ? '–' : formatNumber(value);
}

function differenceWords({ problem, differences }: MemberReport): string {
  if (problem !== null) return problem.message;
  if (differences.length === 0) return 'none';
  return differences.map(({ count: number, what }) => `${formatNumber(number)} ${what}`).join(', ');
}

/** Was there = is there + the named differences, over all calendars. */
function reconciledWords({ members }: BatchReport): string {
  const compared = members.filter(({ before, after }) => before !== null && after !== null);
  if (compared.length === 0) return plural(members.length, 'calendar');
  const before = compared.reduce((sum, member) => sum + (member.before ?? 0), 0);
  const after = compared.reduce((sum, member) => sum + (member.after ?? 0), 0);
  const named = before - after;
  const rest = named === 0 ? '' : ` + ${plural(named, 'named difference')}`;
  return `${formatNumber(before)} on the source = ${formatNumber(after)} on the target${rest}`;
}

/** Calendars in which something was written: of a selection they are few. */
function countWrittenIn({ members }: BatchReport): number {
  return members.filter(({ totals }) => totals !== null && countWritten(totals) > 0).length;
}
