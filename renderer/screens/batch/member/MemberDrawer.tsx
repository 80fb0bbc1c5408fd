import { IconLoader2 } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import type { BatchItem, BatchMember } from '../../../../shared/model/batch/batch.ts';
import { toFailure, type Failure } from '../../../../shared/model/failure.ts';
import type { ReportHead } from '../../../../shared/model/kept/report.ts';
import { call } from '../../../bridge/client.ts';
import { Chip } from '../../../components/Chip.tsx';
import { Drawer } from '../../../components/frame/Drawer.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { memberWord } from '../../../words/batch.ts';
import { daysHere, plural } from '../../../words/format.ts';
import { outcomeWord } from '../../../words/bin.ts';
import { ReportItems } from '../../report/ReportItems.tsx';
import { useBatch } from '../BatchContext.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import drawer from '../../../components/frame/drawer.module.css';
import styles from '../batch.module.css';

const LIVE_ITEMS = 60;

/** One calendar of a batch in full: why it needs somebody, what could not come along, every event. */
export function MemberDrawer({ id }: { readonly id: number }): JSX.Element | null {
  const member = useBatch((state) => state.report?.members[id] ?? state.snapshot.members[id]);
  const kind = useBatch((state) => state.kind);
  const paused = useBatch((state) => state.snapshot.paused);
  const openMember = useBatch((state) => state.openMember);
  if (member === undefined) return null;
  const word = memberWord(member.state, kind, undefined, paused);
  const ended = member.state === 'done' || member.state === 'needs-attention' || member.state === 'stopped';
  return (
    <Drawer
      label={`Events of ${member.mailbox}`}
      testId="member-drawer"
      close={() => {
        openMember(null);
      }}
    >
      <div className={drawer.head}>
        <h2>{member.mailbox}</h2>
        <p className="dim small">
          {member.calendar}
          {member.sources.length > 0 && `, from ${member.sources.join(', ')}`}
        </p>
        <p className="small">
          <Chip tone={word.tone}>{word.label}</Chip> <span className="dim">{word.means}</span>
        </p>
      </div>
      <div className={drawer.body}>
        {member.problem !== null && <Notice failure={member.problem} />}
        <NotCarried member={member} />
        {ended ? <Ended key={member.runIds.join()} member={member} /> : <Live id={id} />}
      </div>
    </Drawer>
  );
}

export function NotCarried({ member }: { readonly member: BatchMember }): JSX.Element | null {
  if (member.notCarried.length === 0) return null;
  return (
    <details className={parts.fold} open={member.notCarried.length < 4}>
      <summary>{plural(member.notCarried.length, 'thing')} could not be carried along</summary>
      <ul className={classes(parts.bullets, parts.foldBody, 'small')}>
        {member.notCarried.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
}

/** What happened last, while it goes on. */
function Live({ id }: { readonly id: number }): JSX.Element {
  const recent = useBatch((state) => state.snapshot.recent);
  const mine = recent.filter(({ member }) => member === id).slice(0, LIVE_ITEMS);
  if (mine.length === 0) return <p className="dim small">Its events show here as they are written.</p>;
  return (
    <ul className={styles.drawerList} tabIndex={0} aria-label="Events, newest first">
      {mine.map((item) => (
        <Item key={item.row} item={item} />
      ))}
    </ul>
  );
}

function Item({ item }: { readonly item: BatchItem }): JSX.Element | null {
  const kind = useBatch((state) => state.kind);
  if (item.outcome === 'planned') return null;
  const { tone, label } = outcomeWord({ outcome: item.outcome, bin: item.bin }, kind);
  return (
    <li className={styles.drawerItem}>
      <Chip tone={tone}>{label}</Chip>
      <span className="ellipsis" dir="auto">
        {item.title === '' ? 'without a title' : item.title}
      </span>
      {item.reason !== '' && <span className={classes(styles.reason, 'small dim')}>{daysHere(item.reason)}</span>}
    </li>
  );
}

/** The report of its last run. */
function Ended({ member }: { readonly member: BatchMember }): JSX.Element | null {
  const runId = member.runIds.at(-1) ?? null;
  const [report, setReport] = useState<ReportHead | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let current = true;
    if (runId === null) return undefined;
    call('history.report', { runId }).then(
      (found) => {
        if (current) setReport(found);
      },
      (thrown: unknown) => {
        if (current) setFailure(toFailure(thrown));
      },
    );
    return () => {
      current = false;
    };
  }, [runId]);
  if (runId === null) return <p className="dim small">Nothing was written here.</p>;
  if (failure !== null) return <Notice failure={failure} />;
  if (report === null) {
    return (
      <p className="row dim small" role="status">
        <IconLoader2 size={15} className={parts.spin} aria-hidden /> Opening its report…
      </p>
    );
  }
  return <ReportItems report={report} />;
}
