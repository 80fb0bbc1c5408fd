import { IconChevronRight, IconCircleCheck, IconSearchOff } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState, type JSX } from 'react';
import { OWN_ORDER, REPORT_COLUMNS, type ReportOrder } from '../../../shared/model/found/list-order.ts';
import type { JobKind } from '../../../shared/model/job.ts';
import type { ReportHead, ReportItem, ReportList } from '../../../shared/model/kept/report.ts';
import { call } from '../../bridge/client.ts';
import { firstDayOf, useCalendarPlace } from '../../components/calendar/place.ts';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { Tabs } from '../../components/frame/Tabs.tsx';
import { nextSort } from '../../components/list/columns.ts';
import { DesktopList } from '../../components/list/DesktopList.tsx';
import { ListTools } from '../../components/list/ListTools.tsx';
import { useMarking } from '../../components/list/useMarking.ts';
import { usePages } from '../../components/list/usePages.ts';
import { Notice } from '../../components/Notice.tsx';
import { useAttention } from '../../stores/job/attention.ts';
import { writesByMonth } from '../../stores/job/calendar.ts';
import { daysHere, formatNumber } from '../../words/format.ts';
import { jobOutcome } from '../../words/bin.ts';
import { ItemDrawer } from './ItemDrawer.tsx';
import { ReportCalendar } from './ReportCalendar.tsx';
import { reportColumns } from './report-columns.tsx';
import { idOfLine, itemsOf, useReportLines, type ReportLine } from './report-lines.ts';
import { reportMenu } from './report-menu.ts';
import { RetryBar } from './RetryBar.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import grid from '../../components/list/grid.module.css';
import frame from '../../components/frame/frame.module.css';
import styles from './report.module.css';

/** CSS pixels, for two lines: title, and why. */
const LINE_HEIGHT = 46;

type ReportTab = ReportList | 'week' | 'month';

/** Every event of the run; what wants a look first. Only what is in sight is drawn and fetched. */
export function ReportItems({ report }: { readonly report: ReportHead }): JSX.Element {
  const { run, lists } = report;
  const [tab, setTab] = useState<ReportTab>(lists.trouble > 0 ? 'trouble' : 'all');
  const [row, setRow] = useState<number | undefined>(undefined);
  const place = useCalendarPlace(() => firstDayOf(writesByMonth(report.summary.months)));
  const open = useAttention((state) => state.item !== null);
  useEffect(() => useAttention.getState().close, [run.runId]);
  return (
    <section className={classes(frame.live, parts.card)} aria-label="Events of the report">
      <Tabs<ReportTab>
        label="Which events"
        now={tab}
        choose={(next) => {
          setRow(undefined);
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
          <div className={classes(frame.splitView, open && frame.open)}>
            <List key={tab} report={report} list={tab} row={row} />
            {open && <ItemDrawer run={run} />}
          </div>
        )}
      </Tabs>
    </section>
  );
}

interface ListProps {
  readonly report: ReportHead;
  readonly list: ReportList;
  /** The row to begin with; undefined: the first one. */
  readonly row: number | undefined;
}

function List({ report, list, row }: ListProps): JSX.Element {
  const { run, lists } = report;
  const [order, setOrder] = useState(() => orderOf(report, list, row));
  const fetch = useCallback(
    async (offset: number, limit: number) => {
      const { items, of } = await call('history.items', { runId: run.runId, list, order, offset, limit });
      return { rows: items, of };
    },
    [run.runId, list, order],
  );
  const pages = usePages<ReportItem>(fetch, lists[list]);
  // In another order than its own, and while it is searched, each row says itself why.
  const own = order.sort === null && order.search === '' && order.organizer === null;
  const lines = useReportLines(report, list === 'trouble' && own, pages);
  const { marking, mark, markAll, forget } = useMarking(lines.total);
  const settled = useAttention((state) => state.settled);
  const columns = useMemo(
    () => reportColumns({ job: run.job, settled, grouped: lines.grouped, oneFile: isOneFile(run.sources) }),
    [run.job, run.sources, settled, lines.grouped],
  );
  const open = (line: ReportLine): void => {
    if (line.kind === 'group') lines.fold(line.group);
    else void useAttention.getState().open(run, line.item);
  };
  const change = (next: ReportOrder): void => {
    forget();
    setOrder(next);
  };
  return (
    <div className={frame.gridFrame} data-testid="report-items">
      <ListTools label="Find an event of the report" order={order} setOrder={change} />
      {pages.failure !== null && <Notice failure={pages.failure} />}
      <DesktopList<ReportLine>
        list="report"
        label="Events of the report"
        columns={columns}
        total={lines.total}
        at={lines.at}
        need={lines.need}
        idOf={idOfLine}
        rowHeight={LINE_HEIGHT}
        sort={order.sort}
        sortBy={(by) => {
          const column = REPORT_COLUMNS.find((one) => one === by);
          if (column !== undefined) change({ ...order, sort: nextSort(order.sort, column) });
        }}
        marking={marking}
        mark={mark}
        markAll={markAll}
        onOpen={open}
        onClose={useAttention.getState().close}
        menuOf={(line, many) =>
          line.kind === 'group'
            ? []
            : reportMenu(line.item, {
                run,
                copied: many ? () => itemsOf(lines, marking.marks, pages.all) : null,
                only: order.organizer !== null ? null : (organizer) => change({ ...order, organizer }),
              })
        }
        nameOf={(line) => (line.kind === 'group' ? 'these events' : line.item.title || 'this event')}
        wholeRow={(line) => (line.kind === 'group' ? <GroupHead line={line} job={run.job} /> : null)}
        rowClass={(line) => (line.kind === 'group' ? grid.groupRow : '')}
        testId="report-grid"
        rowTestId="report-row"
        begin={row}
        empty={
          <EmptyState icon={<IconSearchOff size={30} stroke={1.5} aria-hidden />} title="No event matches">
            Change the search to see others.
          </EmptyState>
        }
      />
    </div>
  );
}

/** What a selection left out comes after what was done: of one event out of a large backup, that one is the first. */
function orderOf({ run }: ReportHead, list: ReportList, row: number | undefined): ReportOrder {
  const sorts = list === 'all' && row === undefined && run.totals.skipped > 0;
  return sorts ? { ...OWN_ORDER, sort: { by: 'outcome', descending: false } } : OWN_ORDER;
}

/** Of a folder or an archive rows come from several files. */
function isOneFile(sources: readonly string[]): boolean {
  return sources.length === 1 && /\.(?:ics|ical|ifb|vcs)$/i.test(sources[0] ?? '');
}

interface GroupHeadProps {
  readonly line: ReportLine & { readonly kind: 'group' };
  readonly job: JobKind;
}

/** Why rows need attention, and how many: once, not in each of them. */
function GroupHead({ line, job }: GroupHeadProps): JSX.Element {
  const { tone, label, means } = jobOutcome(line.outcome, job);
  return (
    <span className={classes(styles.groupLine, 'row')} data-testid="report-group">
      <Chip tone={tone}>{label}</Chip>
      <button type="button" className={styles.groupHead} aria-expanded={line.open} tabIndex={-1}>
        <IconChevronRight size={13} className={line.open ? styles.turned : ''} aria-hidden />
        <span className="ellipsis">{line.reason === '' ? means : daysHere(line.reason)}</span>
        <b>{formatNumber(line.count)}</b>
      </button>
    </span>
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
