import { IconRepeat } from '@tabler/icons-react';
import { useCallback, useState, type JSX } from 'react';
import { ROW_COLUMNS, type PlanRow, type RowSort } from '../../../../shared/model/plan.ts';
import { call } from '../../../bridge/client.ts';
import { copyText } from '../../../bridge/copy-text.ts';
import { Chip } from '../../../components/Chip.tsx';
import { classes } from '../../../components/classes.ts';
import { nextSort, type ListColumn } from '../../../components/list/columns.ts';
import { DesktopList } from '../../../components/list/DesktopList.tsx';
import type { MenuEntry } from '../../../components/list/RowMenu.tsx';
import { begun, copies } from '../../../components/list/useListMenu.tsx';
import { useMarking } from '../../../components/list/useMarking.ts';
import { usePages } from '../../../components/list/usePages.ts';
import { Notice } from '../../../components/Notice.tsx';
import { NO_FILTER } from '../../../../shared/model/plan.ts';
import { actionWord } from '../../../words/bin.ts';
import { daysHere, formatNumber, formatStart, shortAddress } from '../../../words/format.ts';
import parts from '../../../components/parts.module.css';
import grid from '../../../components/list/grid.module.css';
import frame from '../../../components/frame/frame.module.css';
import styles from './member-rows.module.css';

/** CSS pixels, for two lines. */
const ROW_HEIGHT = 46;

interface MemberRowsProps {
  readonly planId: string;
  readonly total: number;
}

/** Every event of one calendar of a batch, with what will happen to it. */
export function MemberRows({ planId, total }: MemberRowsProps): JSX.Element {
  const [sort, setSort] = useState<RowSort | null>(null);
  const fetch = useCallback(
    async (offset: number, limit: number) => {
      const page = await call('plan.rows', { planId, filter: NO_FILTER, sort, offset, limit });
      return { rows: page.rows, of: page.matching };
    },
    [planId, sort],
  );
  const pages = usePages<PlanRow>(fetch, total);
  const { marking, mark, markAll, forget } = useMarking(pages.total);
  return (
    <div className={classes(frame.gridFrame, styles.frame)}>
      {pages.failure !== null && <Notice failure={pages.failure} />}
      <DesktopList<PlanRow>
        list="member-plan"
        label="Events"
        columns={COLUMNS}
        total={pages.total}
        at={pages.at}
        need={pages.need}
        idOf={({ id }) => id}
        rowHeight={ROW_HEIGHT}
        sort={sort}
        sortBy={(by) => {
          const column = ROW_COLUMNS.find((one) => one === by);
          if (column === undefined) return;
          forget();
          setSort(nextSort(sort, column));
        }}
        marking={marking}
        mark={mark}
        markAll={markAll}
        onOpen={() => undefined}
        onClose={() => {
          mark(marking.cursor, 'alone');
        }}
        menuOf={(row, many) => menuOf(planId, row, many ? () => pages.all(marking.marks) : null)}
        nameOf={({ title }) => title || 'this event'}
        testId="member-rows"
      />
    </div>
  );
}

/** @param marked all marked rows, where more than one is */
function menuOf(
  planId: string,
  row: PlanRow,
  marked: (() => Promise<readonly PlanRow[]>) | null,
): readonly MenuEntry[] {
  const { title, uid, organizer } = row;
  const all = (label: string, of: (one: PlanRow) => string): readonly MenuEntry[] =>
    marked === null ? [] : [{ label, run: () => void marked().then((rows) => copyText(rows.map(of).join('\n'))) }];
  return [
    ...copies('Copy title', title),
    ...copies('Copy UID', uid),
    ...(organizer === null ? [] : copies('Copy address of the organizer', shortAddress(organizer))),
    {
      label: 'Copy raw text',
      run: () => void call('plan.row', { planId, row: row.id }).then(({ raw }) => copyText(raw)),
    },
    ...begun([
      ...all('Copy titles of all marked', (one) => one.title),
      ...all('Copy UIDs of all marked', (one) => one.uid),
    ]),
  ];
}

const COLUMNS: readonly ListColumn<PlanRow>[] = [
  {
    id: 'action',
    label: 'Action',
    width: '98px',
    render: (row) => <Chip tone={actionWord(row).tone}>{actionWord(row).label}</Chip>,
  },
  { id: 'title', label: 'Title', width: 'minmax(110px, 1fr)', rest: true, render: (row) => <Title row={row} /> },
  {
    id: 'when',
    label: 'When',
    width: '140px',
    className: 'dim',
    from: 350,
    render: ({ start, startsAt }) => formatStart(start, startsAt),
  },
  {
    id: 'notified',
    label: 'Notified',
    width: '74px',
    className: 'number',
    from: 440,
    render: ({ notified }) => (notified === 0 ? '–' : formatNumber(notified)),
  },
];

function Title({ row }: { readonly row: PlanRow }): JSX.Element {
  const { title, reason, recurring, organizer } = row;
  return (
    <span className={grid.twoLines}>
      <span className="row">
        <span className="ellipsis" dir="auto">
          {title === '' ? daysHere(reason) || 'without a title' : title}
        </span>
        {recurring && <IconRepeat size={13} className={parts.mark} aria-label="series" />}
      </span>
      {organizer !== null && <span className="small dim ellipsis">{shortAddress(organizer)}</span>}
    </span>
  );
}
