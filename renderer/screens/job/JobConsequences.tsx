import { actorName } from '../../../shared/text/display-names.ts';
import type { JSX, ReactNode } from 'react';
import type { JobKind } from '../../../shared/model/job.ts';
import { deedsOf } from '../../../shared/words/done.ts';
import type { PlanSummary } from '../../../shared/model/plan.ts';
import { notifiedIn, isStandard } from '../../words/modes.ts';
import { readBackWords } from '../../words/report.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { ConsequencePanel, type Consequences } from '../../components/ConsequencePanel.tsx';
import { useDraft } from '../../stores/job/draft.ts';
import { asksWhoIsNotified, useFlow } from '../../stores/job/flow.ts';
import { useFind } from '../../stores/find.ts';
import { useMissing } from '../../stores/job/missing.ts';
import { useServerName } from '../../stores/names.ts';
import { usePlan } from '../../stores/job/plan.ts';
import { useRun } from '../../stores/job/run.ts';
import { useSource } from '../../stores/job/source.ts';
import { useTarget } from './useTarget.ts';

/** The consequence panel of the job on screen: of its plan, of its run, then of its report. */
export function JobConsequences(): JSX.Element {
  const step = useFlow((state) => state.step);
  const planning = usePlan((state) => state.planning);
  return step === 'run' ? <RunConsequences /> : <PlanConsequences busy={planning} />;
}

function PlanConsequences({ busy }: { readonly busy: boolean }): JSX.Element {
  const summary = usePlan((state) => state.plan?.summary ?? null);
  const drafted = useDraft((state) => state.mode);
  const restoring = useFlow((state) => state.kind === 'restore' && state.step !== 'review');
  const target = useTarget();
  const { kind, undoMode, considered } = useFlow();
  const asks = asksWhoIsNotified(kind, undoMode, summary);
  // Looking for events is no plan; that of a backup which was chosen before is not on screen then.
  const looking = useLooking();
  const picked = useSource((state) => state.pick !== null) && kind === 'restore';
  if (summary === null || looking || (asks && considered === null))
    return <ConsequencePanel facts={null} busy={busy} job={kind} />;
  // While another mode is being planned its numbers are known already: every plan counts all modes.
  const asked = restoring ? drafted : ((asks ? considered : undoMode) ?? summary.verdict.asked);
  const found = isStandard(asked) ? summary.verdicts[asked] : summary.verdict;
  // The decide step names the ways around beside the answers.
  const verdict = restoring ? { ...found, alternatives: [] } : found;
  const facts: Consequences = {
    ...target,
    asked,
    verdict,
    notified: notifiedIn(summary, asked),
    tense: 'will',
    more: planWords(summary, kind, verdict.effective === null ? 'would' : 'will', picked),
    summary,
  };
  return <ConsequencePanel facts={facts} busy={busy} job={kind} />;
}

/** Whether backups are searched, or compared with the calendar. */
function useLooking(): boolean {
  const choosing = useFlow((state) => state.kind === 'restore' && state.step === 'choose');
  const finding = useFind((state) => state.open);
  const comparing = useMissing((state) => state.open);
  return choosing && (finding || comparing);
}

/** `picked`: of one event out of a backup; what else is in there is no business of this job. */
function planWords(summary: PlanSummary, job: JobKind, will: 'will' | 'would', picked: boolean): ReactNode {
  const { counts } = summary;
  const { put, out } = deedsOf(job);
  const written = counts.create + counts.update;
  const parts = written > 0 || counts.delete === 0 ? [`${plural(written, 'event')} ${will} be ${put}.`] : [];
  if (counts.delete > 0) parts.push(`${plural(counts.delete, 'event')} ${will} be ${out}.`);
  const rest = [
    counts.unchanged > 0 ? `${formatNumber(counts.unchanged)} already in the calendar` : '',
    counts.skip > 0 && !picked ? `${formatNumber(counts.skip)} skipped` : '',
    counts.conflict > 0 ? `${formatNumber(counts.conflict)} ${counts.conflict === 1 ? 'needs' : 'need'} attention` : '',
    counts.supersede > 0 ? `${formatNumber(counts.supersede)} superseded by newer versions` : '',
    counts.reject > 0 ? `${formatNumber(counts.reject)} cannot be read` : '',
  ].filter((part) => part !== '');
  if (rest.length > 0) parts.push(`${rest.join(', ')}.`);
  if (summary.withGuests > 0 && !picked) parts.push(guestWords(summary));
  return parts.join(' ');
}

function guestWords({ withGuests, past }: PlanSummary): string {
  const guests = `${formatNumber(withGuests)} ${withGuests === 1 ? 'has' : 'have'} guests`;
  return past === 0 ? `${guests}.` : `${guests}, ${formatNumber(past)} ${past === 1 ? 'is' : 'are'} in the past.`;
}

function RunConsequences(): JSX.Element {
  const snapshot = useRun((state) => state.snapshot);
  const report = useRun((state) => state.report);
  const planned = usePlan((state) => state.plan?.summary ?? null);
  const summary = report?.summary ?? snapshot.summary ?? planned;
  const target = useTarget();
  const server = useServerName(report?.run.server ?? snapshot.server);
  const job = report?.run.job ?? snapshot.job ?? 'restore';
  if (summary === null) return <ConsequencePanel facts={null} busy={false} job={job} />;
  const notified = notifiedIn(summary, summary.verdict.asked);
  const facts: Consequences = {
    server: server === '' ? target.server : server,
    user: report === null ? target.user : actorName(report.run),
    calendar: report?.run.calendar ?? (snapshot.calendar === '' ? target.calendar : snapshot.calendar),
    asked: summary.verdict.asked,
    verdict: summary.verdict,
    notified: report === null || notified === null ? notified : { ...notified, people: report.run.notified },
    tense: report === null ? 'will' : 'were',
    more: report === null ? soFarWords(snapshot.reached, snapshot.verified) : readBackWords(report.run),
    summary,
  };
  return <ConsequencePanel facts={facts} busy={false} job={job} />;
}

function soFarWords(done: number, verified: number): string {
  return `So far: ${formatNumber(done)} done, ${formatNumber(verified)} of them verified.`;
}
