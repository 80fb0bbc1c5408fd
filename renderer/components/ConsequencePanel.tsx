import { IconArrowBackUp, IconShieldCheck, IconUserCheck, IconUsers } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import type { JobKind } from '../../shared/model/job.ts';
import type { PlanSummary } from '../../shared/model/plan.ts';
import type { SchedulingMode, NotifiedCount, Verdict } from '../../shared/model/scheduling.ts';
import { daysHere, formatMoment, formatNumber, plural, shortAddress } from '../words/format.ts';
import { binWords } from '../words/bin.ts';
import { colleaguesWords, effectTitle, notifiedWords, PANEL_WORDS, type Tense } from '../words/effect.ts';
import { isStandard, kindWords, modeTitle, ASSURANCE_WORDS } from '../words/modes.ts';
import { Chip } from './Chip.tsx';
import { ConsequenceFrame } from './frame/ConsequenceFrame.tsx';
import { Explain } from './Explain.tsx';
import { classes } from './classes.ts';
import partsStyles from './parts.module.css';
import styles from './consequences.module.css';

export interface Consequences {
  readonly server: string | null;
  /** Whose calendar. */
  readonly user: string | null;
  readonly calendar: string | null;
  readonly asked: SchedulingMode;
  readonly verdict: Verdict;
  /** Null when it cannot be said: blocked. */
  readonly notified: NotifiedCount | null;
  readonly tense: Tense;
  /** Below the big number. */
  readonly more: ReactNode;
  readonly summary: PlanSummary;
}

interface PanelProps {
  /** Null before there is a plan. */
  readonly facts: Consequences | null;
  readonly busy: boolean;
  /** Null where a report is opened, and it is not known of which job. */
  readonly job: JobKind | null;
}

/** What will come of it, or came of it, always in sight: how many people are notified, where, in which mode, why, and as whom. */
export function ConsequencePanel({ facts, busy, job }: PanelProps): JSX.Element {
  return (
    <ConsequenceFrame tense={facts?.tense ?? tenseOf(job)} busy={busy ? 'recalculating' : null}>
      {facts === null ? <Lesson job={job} busy={busy} /> : <Facts facts={facts} />}
    </ConsequenceFrame>
  );
}

/** Before there is anything to say. */
function tenseOf(job: JobKind | null): Tense {
  return job === null ? 'were' : 'will';
}

function Facts({ facts }: { readonly facts: Consequences }): JSX.Element {
  const { verdict, tense } = facts;
  return (
    <>
      <Notified facts={facts} />
      <dl className={partsStyles.facts}>
        <Fact name="Server">{facts.server ?? '–'}</Fact>
        <Fact name="User">{facts.user ?? '–'}</Fact>
        <Fact name="Calendar">{facts.calendar ?? '–'}</Fact>
        <Fact name="You chose">{modeTitle(facts.asked)}</Fact>
        <Fact name={PANEL_WORDS[tense].server}>
          {effectTitle(verdict, tense)}{' '}
          <Chip tone={verdict.effective === null ? 'bad' : 'hush'}>{ASSURANCE_WORDS[verdict.assurance].short}</Chip>
          <Explain term={ASSURANCE_WORDS[verdict.assurance].short} means={ASSURANCE_WORDS[verdict.assurance].means} />
        </Fact>
        <Fact name="On behalf of">
          <ActingAs summary={facts.summary} tense={tense} />
        </Fact>
        {facts.summary.bin !== undefined && <Fact name="Trash bin">{binWords(facts.summary)}</Fact>}
      </dl>
      <Why verdict={verdict} />
      {verdict.undo !== '' && verdict.effective !== null && tense === 'will' && (
        <div className={styles.lesson}>
          <IconArrowBackUp size={17} aria-hidden />
          <div>
            <strong>Undo</strong>
            {verdict.undo}
          </div>
        </div>
      )}
    </>
  );
}

function Notified({ facts }: { readonly facts: Consequences }): JSX.Element {
  const { notified, tense, more } = facts;
  const tone = notified === null ? styles.blocked : notified.people > 0 && styles.loud;
  const people = notified?.people ?? 0;
  const mode = facts.verdict.effective;
  const kinds = people > 0 && mode !== null && isStandard(mode) ? kindWords(facts.summary.kinds?.[mode]) : '';
  return (
    <div className={classes(styles.notified, tone)} data-testid="notified" aria-live="polite">
      <div className={styles.count}>{notified === null ? '–' : formatNumber(people)}</div>
      <div className={styles.what}>{notified === null ? PANEL_WORDS[tense].blocked : notifiedWords(tense, people)}</div>
      {notified !== null && notified.people > 0 && <div className={styles.more}>{whoWords(notified)}</div>}
      {notified?.people === 0 && notified.calendars > 0 && (
        <div className={styles.more}>{colleaguesWords(tense, notified.calendars)}</div>
      )}
      {kinds !== '' && <div className={styles.more}>{kinds}.</div>}
      <div className={styles.more}>{more}</div>
      <Alarms summary={facts.summary} />
    </div>
  );
}

/** Alarms go out past every header. */
function Alarms({ summary: { alarms } }: { readonly summary: PlanSummary }): JSX.Element | null {
  if (alarms === undefined || alarms.email + alarms.overdue === 0) return null;
  const parts = [
    alarms.email > 0 ? `${plural(alarms.email, 'event')} with an alarm by e-mail` : '',
    alarms.overdue > 0 ? `${plural(alarms.overdue, 'event')} with an alarm that is already due` : '',
  ];
  return <div className={styles.more}>Besides, {parts.filter((part) => part !== '').join(', ')}.</div>;
}

function whoWords(notified: NotifiedCount): string {
  const parts = [
    notified.inside > 0 ? `${formatNumber(notified.inside)} internal` : '',
    notified.outside > 0 ? `${formatNumber(notified.outside)} external` : '',
    plural(notified.messages, 'message'),
    notified.past > 0 ? `${formatNumber(notified.past)} of them about past meetings` : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

const SHOWN_ADDRESSES = 3;

function ActingAs({ summary, tense }: Pick<Consequences, 'summary' | 'tense'>): JSX.Element {
  const all = Object.entries(summary.actingAs).sort(([, a], [, b]) => b - a);
  const named = all.filter(([address]) => address !== '');
  const unclear = summary.ambiguous + summary.strangers;
  const more = named.length - SHOWN_ADDRESSES;
  return (
    <>
      {named.length === 0
        ? PANEL_WORDS[tense].noAddress
        : named.length === 1 && all.length === 1
          ? 'one address'
          : 'address from each event'}
      {named.slice(0, SHOWN_ADDRESSES).map(([address, rows]) => (
        <span key={address} className={classes(styles.address, partsStyles.then)} title={shortAddress(address)}>
          <span className="ellipsis">{shortAddress(address)}</span>
          <span>{formatNumber(rows)}</span>
        </span>
      ))}
      {more > 0 && <span className={classes(styles.acting, partsStyles.then)}>and {plural(more, 'other')}</span>}
      {unclear > 0 && (
        <span className={classes(styles.acting, partsStyles.unclear)}>{formatNumber(unclear)} unclear</span>
      )}
    </>
  );
}

function Why({ verdict }: { readonly verdict: Verdict }): JSX.Element {
  const blocked = verdict.effective === null;
  return (
    <div className={classes(styles.why, blocked && styles.blocked)}>
      {daysHere(verdict.because)} Checked {formatMoment(verdict.checkedAt, new Date())}.
      {(verdict.evidence ?? []).length > 0 && (
        <details>
          <summary>How we know</summary>
          <ul>
            {verdict.evidence?.map((line) => (
              <li key={line}>{daysHere(line)}</li>
            ))}
          </ul>
        </details>
      )}
      {verdict.alternatives.length > 0 && (
        <ul>
          {verdict.alternatives.map((alternative) => (
            <li key={alternative}>{alternative}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function whenWords(job: JobKind | null): string {
  if (job === null) return 'The number shows here as soon as the report is open.';
  return `The number shows here ${whenKnown(job)}, before anything is written.`;
}

function whenKnown(job: JobKind): string {
  if (job === 'undo') return 'as soon as it is known what would be undone, and who is notified of it';
  return job === 'retry' ? 'as soon as the calendar is compared' : 'as soon as a backup and a calendar are chosen';
}

function Lesson({ job, busy }: Pick<PanelProps, 'job' | 'busy'>): JSX.Element {
  return (
    <>
      <div className={classes(styles.notified, styles.blank)}>
        <div className={styles.count}>?</div>
        <div className={styles.what}>{notifiedWords(tenseOf(job), 0)}</div>
        <div className={styles.more}>
          {busy ? 'The number is being worked out; nothing is written meanwhile.' : whenWords(job)}
        </div>
      </div>
      <div className={styles.lesson}>
        <IconUsers size={17} aria-hidden />
        <div>
          <strong>Who is notified</strong>
          Calendar servers send mail when meetings are written. You choose who gets it.
        </div>
      </div>
      <div className={styles.lesson}>
        <IconShieldCheck size={17} aria-hidden />
        <div>
          <strong>You chose, the server will</strong>
          What the server is known to do with your choice, and why. If that is not known, nothing is written.
        </div>
      </div>
      <div className={styles.lesson}>
        <IconUserCheck size={17} aria-hidden />
        <div>
          <strong>On behalf of</strong> The address that each event is written for, where people have several.
        </div>
      </div>
      <div className={styles.lesson}>
        <IconArrowBackUp size={17} aria-hidden />
        <div>
          <strong>Undo</strong>
          Whether this run can be undone without messages: said before it starts.
        </div>
      </div>
    </>
  );
}
