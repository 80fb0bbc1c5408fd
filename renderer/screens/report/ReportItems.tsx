import { IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type JSX } from 'react';
import type { ReportHead, ReportItem, ReportList } from '../../../shared/model/report.ts';
import { firstDayOf, useCalendarPlace } from '../../components/calendar/place.ts';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Tabs } from '../../components/frame/Tabs.tsx';
import { useListWindow } from '../../components/useListWindow.ts';
import { useAttention } from '../../stores/job/attention.ts';
import { writesByMonth } from '../../stores/job/calendar.ts';
import { formatNumber, formatPlace, formatStart, shortPath } from '../../words/format.ts';
import { OUTCOME_WORDS, VERIFIED_WORDS } from '../../words/outcomes.ts';
import { RESOLUTION_WORDS } from '../../words/resolutions.ts';
import { ItemDrawer } from './ItemDrawer.tsx';
import { ReportCalendar } from './ReportCalendar.tsx';
import { RetryBar } from './RetryBar.tsx';
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
  const open = useAttention((state) => state.item !== null);
  useEffect(() => useAttention.getState().close, [run.runId]);
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
        {tab === 'trouble' && <RetryBar report={report} />}
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
          <div className={open ? 'split-view open' : 'split-view'}>
            <List key={tab} report={report} list={tab} row={row} />
            {open && <ItemDrawer run={run} />}
          </div>
        )}
      </Tabs>
    </section>
  );
}

/** What is drawn: the head of a group, or a row by its place in the list. */
type Entry = { readonly group: number } | { readonly at: number };

/** Each group's head, and its rows unless it is folded; a row that is alone says itself why. */
function entriesOf(groups: ReportHead['groups'], folded: ReadonlySet<number>): readonly Entry[] {
  const entries: Entry[] = [];
  let from = 0;
  for (const [group, { count }] of groups.entries()) {
    if (count > 1) entries.push({ group });
    if (!folded.has(group)) for (let at = from; at < from + count; at += 1) entries.push({ at });
    from += count;
  }
  return entries;
}

interface ListProps {
  readonly report: ReportHead;
  readonly list: ReportList;
  /** The row to begin with. */
  readonly row: number;
}

function List({ report, list, row }: ListProps): JSX.Element {
  const { run, groups, lists } = report;
  const count = lists[list];
  const scroller = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const grouped = list === 'trouble';
  const entries = useMemo(
    () => (grouped ? entriesOf(groups, folded) : Array.from({ length: count }, (_, at) => ({ at }))),
    [grouped, groups, folded, count],
  );
  const window = useListWindow(scroller, entries.length, ITEM_HEIGHT);
  const { at, failure, need } = useReportItems(run.runId, list);
  useEffect(() => {
    if (scroller.current !== null && row > 0) scroller.current.scrollTop = row * ITEM_HEIGHT;
  }, [row]);
  const places = window.entries.flatMap(({ index }) => {
    const entry = entries[index];
    return entry !== undefined && 'at' in entry ? [entry.at] : [];
  });
  const first = places[0];
  const last = places.at(-1);
  useEffect(() => {
    if (first !== undefined && last !== undefined) need(first, last);
  }, [first, last, need]);
  if (failure !== null) return <Notice failure={failure} />;
  const fold = (group: number): void => {
    const next = new Set(folded);
    if (!next.delete(group)) next.add(group);
    setFolded(next);
  };
  return (
    <div className="scroll report-scroll" ref={scroller} tabIndex={0} role="region" aria-label="Events">
      <ul style={{ height: window.height, position: 'relative' }} data-testid="report-items">
        {window.entries.map(({ index, top }) => {
          const entry = entries[index];
          if (entry === undefined) return null;
          const place = { index, top, of: entries.length, measure: window.measure };
          if ('group' in entry) {
            const group = groups[entry.group];
            const open = !folded.has(entry.group);
            return group === undefined ? null : (
              <GroupHead
                key={`g${String(entry.group)}`}
                {...place}
                group={group}
                open={open}
                fold={() => {
                  fold(entry.group);
                }}
              />
            );
          }
          const item = at(entry.at);
          return item === undefined ? null : (
            <Item key={entry.at} {...place} item={item} run={run} said={!grouped || !isSaid(groups, item)} />
          );
        })}
      </ul>
    </div>
  );
}

/** The head of its group says the reason of a row already. */
function isSaid(groups: ReportHead['groups'], item: ReportItem): boolean {
  return groups.some(({ outcome, reason, count }) => count > 1 && outcome === item.outcome && reason === item.reason);
}

interface PlaceProps {
  readonly index: number;
  readonly top: number;
  readonly of: number;
  readonly measure: (entry: HTMLElement | null) => void;
}

interface GroupHeadProps extends PlaceProps {
  readonly group: ReportHead['groups'][number];
  readonly open: boolean;
  readonly fold: () => void;
}

/** Why rows need attention, and how many: once, not in each of them. */
function GroupHead({ group, open, fold, index, top, of, measure }: GroupHeadProps): JSX.Element {
  const { tone, label, means } = OUTCOME_WORDS[group.outcome];
  return (
    <li
      className="report-item report-group"
      style={{ transform: `translateY(${String(top)}px)` }}
      ref={measure}
      data-index={index}
      aria-posinset={index + 1}
      aria-setsize={of}
      data-testid="report-group"
    >
      <Chip tone={tone}>{label}</Chip>
      <button type="button" className="group-head" aria-expanded={open} onClick={fold}>
        <IconChevronRight size={13} className={open ? 'turned' : ''} aria-hidden />
        <span className="said">{group.reason === '' ? means : group.reason}</span>
        <b className="count">{formatNumber(group.count)}</b>
      </button>
    </li>
  );
}

interface ItemProps extends PlaceProps {
  readonly item: ReportItem;
  readonly run: ReportHead['run'];
  /** Why it ended so, where nothing above says it. */
  readonly said: boolean;
}

function Item({ item, run, said, top, index, of, measure }: ItemProps): JSX.Element {
  const current = useAttention((state) => state.item?.row === item.row);
  const settled = useAttention((state) => state.settled.get(item.uid));
  const { tone, label } = OUTCOME_WORDS[item.outcome];
  return (
    <li
      className={current ? 'report-item current' : 'report-item'}
      style={{ transform: `translateY(${String(top)}px)` }}
      ref={measure}
      data-index={index}
      aria-posinset={index + 1}
      aria-setsize={of}
    >
      {settled === undefined ? (
        <Chip tone={tone}>{label}</Chip>
      ) : (
        <Chip tone={RESOLUTION_WORDS[settled].tone}>{RESOLUTION_WORDS[settled].mark}</Chip>
      )}
      <div className="grow">
        <div className="row">
          <button
            type="button"
            className="item-open strong ellipsis"
            dir="auto"
            aria-current={current ? 'true' : undefined}
            onClick={() => void useAttention.getState().open(run, item)}
          >
            {item.title === '' ? 'without a title' : item.title}
          </button>
          <span className="dim small nowrap">{formatStart(item.start, item.startsAt)}</span>
        </div>
        {said && <div className="small said">{saidOf(item)}</div>}
        <div className="small faint ellipsis" title={`${formatPlace(item)} ${item.uid}`}>
          {moreOf(item)}
        </div>
      </div>
    </li>
  );
}

function saidOf({ outcome, reason, status }: ReportItem): string {
  const said = reason === '' ? OUTCOME_WORDS[outcome].means : reason;
  return status === null ? said : `${said} · answer ${String(status)}`;
}

/** Where it stands, and what was made of it. */
function moreOf(item: ReportItem): string {
  const verified = item.verified === null ? '' : (VERIFIED_WORDS[item.verified] ?? item.verified);
  const which =
    item.verified === null || item.verifiedProperties.length === 0 ? '' : ` (${item.verifiedProperties.join(', ')})`;
  const repairs = item.repairs.length === 0 ? '' : `repaired: ${item.repairs.join(', ')}`;
  return [formatPlace({ file: shortPath(item.file), line: item.line }), `${verified}${which}`, repairs]
    .filter((part) => part !== '')
    .join(' · ');
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
