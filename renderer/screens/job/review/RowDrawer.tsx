import { useState, type JSX } from 'react';
import type { PlanRowDetail } from '../../../../shared/model/plan.ts';
import { EventCard } from '../../../components/event/EventCard.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { CopyButton } from '../../../components/CopyButton.tsx';
import { FileLine } from '../../../components/event/FileLine.tsx';
import { Drawer } from '../../../components/frame/Drawer.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { Tabs } from '../../../components/frame/Tabs.tsx';
import { useRows } from '../../../stores/job/rows.ts';
import { daysHere, formatNumber, formatStart, plural } from '../../../words/format.ts';
import { actionWord } from '../../../words/bin.ts';
import { Difference } from './Difference.tsx';
import { People } from './People.tsx';
import { Settle } from './Settle.tsx';
import parts from '../../../components/parts.module.css';
import drawer from '../../../components/frame/drawer.module.css';

type Tab = 'event' | 'difference' | 'raw' | 'people' | 'findings';

/** One event in full: what differs from the server's copy, its text, who would hear, what was found. */
export function RowDrawer(): JSX.Element {
  const detail = useRows((state) => state.detail);
  const failure = useRows((state) => state.detailFailure);
  const openRow = useRows((state) => state.openRow);
  const [tab, setTab] = useState<Tab>('event');
  return (
    <Drawer
      label="Event"
      testId="drawer"
      closes="the event"
      close={() => {
        openRow(null);
      }}
    >
      {failure !== null && <Notice failure={failure} />}
      {detail !== null && <Detail detail={detail} tab={tab} setTab={setTab} />}
    </Drawer>
  );
}

interface DetailProps {
  readonly detail: PlanRowDetail;
  readonly tab: Tab;
  readonly setTab: (tab: Tab) => void;
}

function Detail({ detail, tab, setTab }: DetailProps): JSX.Element {
  const { row, raw } = detail;
  const { people, findings, differs } = {
    differs: detail.difference?.length ?? 0,
    people: detail.recipients.inside.length + detail.recipients.outside.length,
    findings: row.findings.length,
  };
  return (
    <>
      <div className={drawer.head}>
        <h2 dir="auto">{row.title === '' ? 'Without a title' : row.title}</h2>
        <p className="dim small">
          {formatStart(row.start, row.startsAt)}
          {row.recurring && ', recurring'}
          {row.past && ', past'}
          {row.file !== '' && ' · '}
          <FileLine file={row.file} line={row.line} />
          {row.components > 1 && ` · ${plural(row.components, 'item')}: the series and its changed instances`}
        </p>
        <p className="small">
          <Chip tone={actionWord(row).tone}>{actionWord(row).label}</Chip>{' '}
          <span className="dim">{row.reason === '' ? actionWord(row).means : daysHere(row.reason)}</span>
        </p>
      </div>
      <Tabs<Tab>
        label="About this event"
        className={drawer.tabs}
        scrolls
        now={tab}
        choose={setTab}
        tabs={[
          { id: 'event', label: 'Event' },
          { id: 'difference', label: differs === 0 ? 'Difference' : `Difference ${formatNumber(differs)}` },
          { id: 'people', label: `People ${formatNumber(people)}` },
          { id: 'findings', label: `Notes ${formatNumber(findings)}` },
          { id: 'raw', label: 'Raw' },
        ]}
      >
        {tab === 'event' && <EventCard card={detail.card} />}
        {tab === 'difference' && <Difference detail={detail} />}
        {tab === 'raw' && (
          <>
            <p className="row small dim">
              <span className="grow">
                {row.action === 'reject' || row.action === 'supersede'
                  ? 'As it stands in the file'
                  : 'What is sent, line by line'}
              </span>
              <CopyButton label="Copy" text={() => raw} />
            </p>
            <pre className={parts.raw} dir="auto" tabIndex={0}>
              {raw}
            </pre>
          </>
        )}
        {tab === 'people' && <People detail={detail} />}
        {tab === 'findings' && <Findings detail={detail} />}
      </Tabs>
      <Settle detail={detail} />
    </>
  );
}

function Findings({ detail }: { readonly detail: PlanRowDetail }): JSX.Element {
  const { findings } = detail.row;
  if (findings.length === 0)
    return <p className="dim">Nothing to say: the text goes to the server as it is in the backup.</p>;
  return (
    <ul className="stack tight">
      {findings.map((finding, index) => (
        <li key={index} className="small">
          <Chip tone={finding.kind === 'repair' ? 'upd' : 'warn'}>
            {finding.kind === 'repair' ? 'Repair' : 'Warning'}
          </Chip>{' '}
          {finding.message}
          {finding.line !== undefined && <span className="faint"> Line {finding.line}.</span>}
        </li>
      ))}
    </ul>
  );
}
