import { useMemo, type JSX } from 'react';
import type { BatchReport, MemberReport } from '../../../shared/model/batch.ts';
import { Chip } from '../../components/Chip.tsx';
import { Notice } from '../../components/Notice.tsx';
import { JobNoteLine } from '../../components/JobNoteLine.tsx';
import { OutcomeBar } from '../../components/OutcomeBar.tsx';
import { countWritten, OUTCOMES } from '../../../shared/model/outcome.ts';
import { batchHeadline, memberWord } from '../../words/batch.ts';
import { formatMoment, formatNumber, plural } from '../../words/format.ts';
import { OUTCOME_WORDS, STATUS_WORDS } from '../../words/outcomes.ts';
import { countAll } from '../../words/report.ts';
import { useBatch } from './BatchContext.ts';
import { FoldedNotes } from './FoldedNotes.tsx';
import { MissingSecrets } from './MissingSecrets.tsx';
import { MemberDrawer } from './MemberDrawer.tsx';
import { MemberName } from './MemberName.tsx';
import { MemberTable, type MemberColumn } from './MemberTable.tsx';

/** The report of a batch: the whole, and each calendar reconciled; the events of one are a click away. */
export function BatchReportView({ report }: { readonly report: BatchReport }): JSX.Element {
  const { batch, notes } = report;
  const open = useBatch((state) => state.member);
  const openMember = useBatch((state) => state.openMember);
  const failure = useBatch((state) => state.failure);
  const { title, says, tone } = batchHeadline(batch);
  const all = countAll(batch.totals);
  const columns = useMemo(() => columnsOf(report, open !== null), [report, open]);
  return (
    <>
      {failure !== null && <Notice failure={failure} />}
      <section className={`card overall report-head ${tone}`} aria-label="Result" data-testid="report">
        <div className="row">
          <h2 className="big" data-testid="headline">
            {title}
          </h2>
          <span className="grow" />
          <Chip tone={STATUS_WORDS[batch.status].tone}>{STATUS_WORDS[batch.status].label}</Chip>
        </div>
        <p className="dim">{says}</p>
        <OutcomeBar totals={batch.totals} of={all} done={all - batch.totals.cancelled} />
        <div className="row wrap counts" data-testid="totals">
          {OUTCOMES.filter((outcome) => batch.totals[outcome] > 0).map((outcome) => (
            <span key={outcome} className={`count-${OUTCOME_WORDS[outcome].tone}`}>
              <b>{formatNumber(batch.totals[outcome])}</b> {OUTCOME_WORDS[outcome].label.toLowerCase()}
            </span>
          ))}
          <span className="faint small">
            {formatMoment(batch.startedAt, new Date())} · {plural(batch.members, 'calendar')} ·{' '}
            {formatNumber(batch.verified)} of {formatNumber(countWritten(batch.totals))} read back and verified
          </span>
        </div>
        <JobNoteLine id={batch.batchId} of={batch} name="job" />
      </section>
      {batch.canResume && <MissingSecrets batch={batch} />}
      <FoldedNotes notes={notes} tone="hush" />
      <section className="card fill review" aria-label="Mailboxes">
        <div className={open === null ? 'split-view' : 'split-view open'}>
          <div className="grid-frame">
            <MemberTable<MemberReport>
              label="Mailboxes"
              items={report.members}
              idOf={idOfMember}
              columns={columns}
              open={open}
              onOpen={openMember}
              empty={null}
            />
            <div className="grid-foot">
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
    render: (member) => <MemberName member={member} />,
  };
  const there: readonly MemberColumn<MemberReport>[] = compares
    ? [
        { id: 'before', label: 'Source', width: '78px', className: 'number', render: ({ before }) => count(before) },
        { id: 'after', label: 'Target', width: '72px', className: 'number', render: ({ after }) => count(after) },
      ]
    : [
        {
          id: 'written',
          label: 'Events',
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
      width: '78px',
      className: 'number dim',
      render: ({ verified }) => count(verified),
    },
    { id: 'says', label: 'Differences', width: 'minmax(150px, 1.3fr)', className: 'dim', render: differenceWords },
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
