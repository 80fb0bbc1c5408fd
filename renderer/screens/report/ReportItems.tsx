import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState, type JSX } from 'react';
import type { ReportHead, ReportItem, ReportList } from '../../../shared/model/report.ts';
import { firstDayOf, useCalendarPlace } from '../../components/calendar/place.ts';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Tabs } from '../../components/frame/Tabs.tsx';
import { useListWindow } from '../../components/useListWindow.ts';
import { writesByMonth } from '../../stores/job/calendar.ts';
import { formatNumber, formatPlace, formatStart, shortPath } from '../../words/format.ts';
import { OUTCOME_WORDS, VERIFIED_WORDS } from '../../words/outcomes.ts';
import { ReportCalendar } from './ReportCalendar.tsx';
import { useReportItems } from './useReportItems.ts';

/** CSS pixels, for three lines: title, the server's words, file and line. */
const ITEM_HEIGHT = 62;

type ReportTab = ReportList | 'week' | 'month';

/** Every event of the run; what wants a look first. Only what is in sight is drawn and fetched. */
export function ReportItems({ report }: { readonly report: ReportHead }): JSX.Element {
  const { run, lists } = report;
  const [tab, setTab] = useState<ReportTab>(lists.trouble > 0 ? 'trouble' : 'all');
  const [row, setRow] = useState(0);
  const place = useCalendarPlace(() => firstDayOf(writesByMonth(report.summary.months)));
  return (
    <section className="card live" aria-label="Events of the report">
      <Tabs<ReportTab>
        label="Which events"
        now={tab}
        choose={(next) => {
          setRow(0);
          setTab(next);
        }}
        tabs={[
          {
            id: 'trouble',
            label: `Needs attention ${formatNumber(lists.trouble)}`,
            ...(lists.trouble > 0 ? { tone: 'bad' as const } : {}),
          },
          { id: 'rewritten', label: `Adjusted by the server ${formatNumber(lists.rewritten)}` },
          { id: 'all', label: `All ${formatNumber(lists.all)}` },
          { id: 'week', label: 'Week' },
          { id: 'month', label: 'Month' },
        ]}
      >
        {tab === 'week' || tab === 'month' ? (
          <ReportCalendar
            runId={run.runId}
            scale={tab}
            place={place}
            open={(one) => {
              setRow(one);
              setTab('all');
            }}
          />
        ) : lists[tab] === 0 ? (
          <Nothing tab={tab} />
        ) : (
          <List key={tab} runId={run.runId} list={tab} count={lists[tab]} row={row} />
        )}
      </Tabs>
    </section>
  );
}

interface ListProps {
  readonly runId: string;
  readonly list: ReportList;
  readonly count: number;
  /** The row to begin with. */
  readonly row: number;
}

function List({ runId, list, count, row }: ListProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const window = useListWindow(scroller, count, ITEM_HEIGHT);
  const { at, failure, need } = useReportItems(runId, list);
  useEffect(() => {
    if (scroller.current !== null && row > 0) scroller.current.scrollTop = row * ITEM_HEIGHT;
  }, [row]);
  const first = window.entries[0]?.index ?? 0;
  const last = window.entries.at(-1)?.index ?? 0;
  useEffect(() => {
    need(first, last);
  }, [first, last, need]);
  if (failure !== null) return <Notice failure={failure} />;
  return (
    <div className="scroll report-scroll" ref={scroller} tabIndex={0} role="region" aria-label="Events">
      <ul style={{ height: window.height, position: 'relative' }} data-testid="report-items">
        {window.entries.map(({ index, top }) => {
          const item = at(index);
          return item === undefined ? null : (
            <Item key={index} item={item} top={top} index={index} of={count} measure={window.measure} />
          );
        })}
      </ul>
    </div>
  );
}

interface ItemProps {
  readonly item: ReportItem;
  readonly top: number;
  readonly index: number;
  readonly of: number;
  readonly measure: (entry: HTMLElement | null) => void;
}

function Item({ item, top, index, of, measure }: ItemProps): JSX.Element {
  const { tone, label, means } = OUTCOME_WORDS[item.outcome];
  const verified = item.verified === null ? '' : (VERIFIED_WORDS[item.verified] ?? item.verified);
  const which =
    item.verified === null || item.verifiedProperties.length === 0 ? '' : ` (${item.verifiedProperties.join(', ')})`;
  const repairs = item.repairs.length === 0 ? '' : `repaired: ${item.repairs.join(', ')}`;
  const said = [item.reason === '' ? means : item.reason, item.status === null ? '' : `answer ${String(item.status)}`];
  return (
    <li
      className="report-item"
      style={{ transform: `translateY(${String(top)}px)` }}
      ref={measure}
      data-index={index}
      aria-posinset={index + 1}
      aria-setsize={of}
    >
      <Chip tone={tone}>{label}</Chip>
      <div className="grow">
        <div className="row">
          <span className="strong ellipsis" dir="auto">
            {item.title === '' ? 'without a title' : item.title}
          </span>
          <span className="dim small nowrap">{formatStart(item.start, item.startsAt)}</span>
        </div>
        <div className="small said">{said.filter((part) => part !== '').join(' · ')}</div>
        <div className="small faint ellipsis" title={`${formatPlace(item)} ${item.uid}`}>
          {[formatPlace({ file: shortPath(item.file), line: item.line }), `${verified}${which}`, repairs]
            .filter((part) => part !== '')
            .join(' · ')}
        </div>
      </div>
    </li>
  );
}

function Nothing({ tab }: { readonly tab: ReportList }): JSX.Element {
  if (tab === 'rewritten') {
    return (
      <EmptyState icon={<IconCircleCheck size={30} stroke={1.5} aria-hidden />} title="Nothing was adjusted">
        Some servers store an event in other words that mean the same. Here every event that was read back is as it was
        sent.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconCircleCheck size={30} stroke={1.5} aria-hidden />} title="Nothing needs attention">
      No event is in conflict, rejected, failed or of unknown outcome.
    </EmptyState>
  );
}
