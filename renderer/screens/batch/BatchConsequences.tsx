import { IconShieldCheck, IconUsers, IconArrowBackUp, type Icon } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import type { BatchMember, BatchSummary } from '../../../shared/model/batch/batch.ts';
import { deedsOf } from '../../../shared/words/done.ts';
import type { NotifiedCount } from '../../../shared/model/scheduling.ts';
import { Chip } from '../../components/Chip.tsx';
import { ConsequenceFrame } from '../../components/frame/ConsequenceFrame.tsx';
import { Explain } from '../../components/Explain.tsx';
import { ServerName } from '../../components/server/ServerName.tsx';
import type { Lane } from '../../stores/batch/navigation.ts';
import { effectTitles, notifiedOf } from '../../words/batch.ts';
import { colleaguesWords, notifiedWords, PANEL_WORDS, type Tense } from '../../words/effect.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { modeTitle, ASSURANCE_WORDS } from '../../words/modes.ts';
import { readBackWords } from '../../words/report.ts';
import { useBatch, useLane } from './BatchContext.ts';
import { classes } from '../../components/classes.ts';
import partsStyles from '../../components/parts.module.css';
import consequences from '../../components/consequences.module.css';

const SHOWN_REASONS = 2;

/** What will come of a batch, or came of it: the same panel, in the same place, as for a single calendar. */
export function BatchConsequences({ before }: { readonly before: ReactNode }): JSX.Element {
  const plan = useBatch((state) => state.plan);
  const snapshot = useBatch((state) => state.snapshot);
  const report = useBatch((state) => state.report);
  const planning = useBatch((state) => state.planning);
  const running = useBatch((state) => state.batchId !== null);
  const summary = report?.summary ?? snapshot.summary ?? plan?.summary ?? null;
  const members = report?.members ?? (snapshot.members.length > 0 ? snapshot.members : (plan?.members ?? []));
  const tense = report === null ? 'will' : 'were';
  return (
    <ConsequenceFrame tense={tense} busy={planning ? 'planning' : null}>
      {summary === null ? (
        <Lesson>{before}</Lesson>
      ) : (
        <>
          <Notified
            notified={report === null ? notifiedOf(summary) : { ...notifiedOf(summary), people: report.batch.notified }}
            tense={tense}
          >
            {report !== null
              ? readBackWords(report.batch)
              : running
                ? `So far: ${plural(snapshot.verified, 'event')} verified.`
                : writeWords(summary)}
          </Notified>
          <Facts summary={summary} members={members} tense={tense} />
          <Reasons members={members} />
        </>
      )}
    </ConsequenceFrame>
  );
}

function Notified(props: {
  readonly notified: NotifiedCount;
  readonly tense: Tense;
  readonly children: ReactNode;
}): JSX.Element {
  const { notified, tense, children } = props;
  const { people, inside, outside, messages, calendars, past } = notified;
  return (
    <div
      className={classes(consequences.notified, people > 0 && consequences.loud)}
      data-testid="notified"
      aria-live="polite"
    >
      <div className={consequences.count}>{formatNumber(people)}</div>
      <div className={consequences.what}>{notifiedWords(tense, people)}</div>
      {people > 0 && (
        <div className={consequences.more}>
          {[
            inside > 0 ? `${formatNumber(inside)} internal` : '',
            outside > 0 ? `${formatNumber(outside)} external` : '',
            plural(messages, 'message'),
            past > 0 ? `${formatNumber(past)} of them about past meetings` : '',
          ]
            .filter((part) => part !== '')
            .join(', ')}
          .
        </div>
      )}
      {people === 0 && calendars > 0 && <div className={consequences.more}>{colleaguesWords(tense, calendars)}</div>}
      <div className={consequences.more}>{children}</div>
    </div>
  );
}

function writeWords({ kind, counts, members, blocked }: BatchSummary): string {
  const written = counts.create + counts.update;
  const { put, out } = deedsOf(kind);
  const parts = [
    written > 0 ? `${plural(written, 'event')} will be ${put}.` : '',
    counts.delete > 0 ? `${plural(counts.delete, 'event')} will be ${out}; a copy of each is kept.` : '',
    counts.unchanged > 0 ? `${formatNumber(counts.unchanged)} already in the calendar.` : '',
    counts.conflict > 0 ? `${formatNumber(counts.conflict)} need attention.` : '',
    counts.supersede > 0 ? `${formatNumber(counts.supersede)} superseded by newer versions.` : '',
    counts.reject > 0 ? `${formatNumber(counts.reject)} cannot be read.` : '',
    blocked > 0 ? `${formatNumber(blocked)} of ${plural(members, 'calendar')} cannot run.` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

interface FactsProps {
  readonly summary: BatchSummary;
  readonly members: readonly BatchMember[];
  readonly tense: Tense;
}

function Facts({ summary, members, tense }: FactsProps): JSX.Element {
  const effects = effectTitles(members);
  const assurances = [...new Set(members.flatMap(({ verdict }) => (verdict === null ? [] : [verdict.assurance])))];
  const hosts = [...new Set(members.flatMap(({ calendarUrl }) => hostOf(calendarUrl)))];
  const [host] = hosts;
  const mailboxes = new Set(members.map(({ mailbox }) => mailbox)).size;
  return (
    <dl className={partsStyles.facts}>
      <dt>Server</dt>
      <dd>
        {host === undefined ? '–' : hosts.length > 1 ? plural(hosts.length, 'server') : <ServerName host={host} />}
      </dd>
      <dt>Calendars</dt>
      <dd>
        {formatNumber(summary.members)} in {plural(mailboxes, 'mailbox', 'mailboxes')}
      </dd>
      <dt>You chose</dt>
      <dd>{modeTitle(summary.asked)}</dd>
      <dt>{PANEL_WORDS[tense].server}</dt>
      <dd>
        {effects.length === 0 ? PANEL_WORDS[tense].nothing : effects.join('; ')}{' '}
        {assurances.map((assurance) => (
          <span key={assurance} className="nowrap">
            <Chip tone={assurance === 'blocked' ? 'bad' : 'hush'}>{ASSURANCE_WORDS[assurance].short}</Chip>
            <Explain term={ASSURANCE_WORDS[assurance].short} means={ASSURANCE_WORDS[assurance].means} />{' '}
          </span>
        ))}
      </dd>
    </dl>
  );
}

function hostOf(url: string | null): readonly string[] {
  return url !== null && URL.canParse(url) ? [new URL(url).host] : [];
}

/** Why the servers are believed, each reason once with the number of calendars it holds for. */
function Reasons({ members }: { readonly members: readonly BatchMember[] }): JSX.Element {
  const counts = new Map<string, number>();
  for (const { verdict } of members) {
    if (verdict !== null) counts.set(verdict.because, (counts.get(verdict.because) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return (
    <>
      {sorted.slice(0, SHOWN_REASONS).map(([because, count]) => (
        <div key={because} className={consequences.why}>
          {because}
          {sorted.length > 1 && ` (${plural(count, 'calendar')})`}
        </div>
      ))}
      {sorted.length > SHOWN_REASONS && (
        <div className="small faint">and {plural(sorted.length - SHOWN_REASONS, 'other reason')}</div>
      )}
    </>
  );
}

interface Lessons {
  readonly who: readonly [title: string, says: string];
  readonly each: readonly [title: string, says: string];
  readonly back: readonly [title: string, says: string];
}

const LESSONS: Readonly<Record<Lane, Lessons>> = {
  migrate: {
    who: [
      'Two steps',
      'First every event is copied and nobody is notified. Later, when you choose, external guests are notified once.',
    ],
    each: ['Each calendar for itself', 'A calendar that cannot be copied is named, and the others continue.'],
    back: [
      'Stop and resume',
      'Pause, stop, or close the window: it resumes where it stopped, and nothing is sent twice.',
    ],
  },
  cleanup: {
    who: [
      'No declines are sent',
      'A deleted invitation usually sends a decline. Here it does not, or nothing is deleted.',
    ],
    each: ['Quarantine first', 'Each event is saved and read again before it is deleted.'],
    back: ['Restore removed events', 'All of it, or only what you pick, without messages, days later too.'],
  },
  restore: {
    who: [
      'Nobody, unless you say so',
      'A restored meeting usually invites its guests again. Here it does so only if you choose it.',
    ],
    each: ['Each calendar for itself', 'A calendar that cannot be restored is named, and the others continue.'],
    back: ['One undo for all', 'Every calendar becomes what it was, days later too.'],
  },
};

function Lesson({ children }: { readonly children: ReactNode }): JSX.Element {
  const { who, each, back } = LESSONS[useLane()];
  return (
    <>
      <div className={classes(consequences.notified, consequences.blank)}>
        <div className={consequences.count}>?</div>
        <div className={consequences.what}>{notifiedWords('will', 0)}</div>
        <div className={consequences.more}>{children}</div>
      </div>
      <LessonLine icon={IconUsers} lesson={who} />
      <LessonLine icon={IconShieldCheck} lesson={each} />
      <LessonLine icon={IconArrowBackUp} lesson={back} />
    </>
  );
}

function LessonLine(props: { readonly icon: Icon; readonly lesson: Lessons['who'] }): JSX.Element {
  const { icon: Glyph, lesson } = props;
  const [title, says] = lesson;
  return (
    <div className={consequences.lesson}>
      <Glyph size={17} aria-hidden />
      <div>
        <strong>{title}</strong>
        {says}
      </div>
    </div>
  );
}
