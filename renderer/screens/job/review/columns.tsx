import { IconRepeat } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PlanRow, RowSort, VariedColumns } from '../../../../shared/model/plan.ts';
import { timeWords } from '../../../../shared/words/when.ts';
import { Chip } from '../../../components/Chip.tsx';
import type { ListColumn } from '../../../components/list/columns.ts';
import { daysHere, formatNumber, formatStart, shortAddress } from '../../../words/format.ts';
import { actionWord } from '../../../words/bin.ts';
import { RESOLUTION_WORDS } from '../../../words/resolutions.ts';
import parts from '../../../components/parts.module.css';

interface Column extends ListColumn<PlanRow> {
  readonly id: RowSort['by'];
}

const COLUMNS: readonly Column[] = [
  {
    id: 'action',
    label: 'Action',
    width: '98px',
    className: '',
    from: 0,
    render: (row) =>
      row.excluded ? (
        <Chip tone="same">Left out</Chip>
      ) : row.decided !== undefined ? (
        <Chip tone={RESOLUTION_WORDS[row.decided].tone}>{RESOLUTION_WORDS[row.decided].mark}</Chip>
      ) : (
        <Chip tone={actionWord(row).tone}>{actionWord(row).label}</Chip>
      ),
  },
  { id: 'when', label: 'When', width: '178px', className: 'dim', from: 330, render: renderWhen },
  { id: 'title', label: 'Title', width: 'minmax(90px, 1fr)', rest: true, render: renderTitle },
  {
    id: 'organizer',
    label: 'Organizer',
    width: 'minmax(70px, 0.55fr)',
    className: 'dim',
    // In less room the title is what tells events apart.
    from: 860,
    render: (row) => (row.organizer === null ? '–' : shortAddress(row.organizer)),
  },
  {
    id: 'guests',
    label: 'Guests',
    width: '68px',
    className: 'number dim',
    from: 480,
    render: (row) => count(row.guests),
  },
  {
    id: 'acting',
    label: 'On behalf of',
    width: 'minmax(70px, 0.55fr)',
    className: 'dim',
    from: 980,
    render: renderActing,
  },
  {
    id: 'notified',
    label: 'Notified',
    width: '74px',
    className: 'number',
    from: 520,
    render: (row) => count(row.notified),
  },
  { id: 'findings', label: 'Notes', width: '78px', className: '', from: 640, render: renderFindings },
];

/** The columns that tell rows apart. */
export function columnsFor(varied: VariedColumns): readonly ListColumn<PlanRow>[] {
  return COLUMNS.filter(({ id }) => (varied.organizer || id !== 'organizer') && (varied.acting || id !== 'acting'));
}

export function isPlanColumn(id: string): id is RowSort['by'] {
  return COLUMNS.some((column) => column.id === id);
}

function count(value: number): string {
  return value === 0 ? '–' : formatNumber(value);
}

/** The clock of this computer; the event's own is in the tooltip, and in the event's card. */
function renderWhen({ start, startsAt, tzid }: PlanRow): ReactNode {
  if (start === null) return '–';
  const { here, there } = timeWords({ text: start, tzid, ...(startsAt === undefined ? {} : { at: startsAt }) });
  return <span title={there === null ? here : `${here} · ${there}`}>{formatStart(start, startsAt)}</span>;
}

function renderTitle(row: PlanRow): ReactNode {
  return (
    <>
      <span className="ellipsis" dir="auto">
        {row.title === ''
          ? row.action === 'reject' || row.action === 'supersede'
            ? daysHere(row.reason)
            : 'without a title'
          : row.title}
      </span>
      {row.recurring && <IconRepeat size={13} className={parts.mark} aria-label="series" />}
    </>
  );
}

function renderActing(row: PlanRow): ReactNode {
  if (row.standing === 'ambiguous') return <span className={parts.unclear}>several fit</span>;
  if (row.standing === 'stranger')
    return <span className={parts.unclear}>{row.actingAs === null ? 'none fits' : shortAddress(row.actingAs)}</span>;
  return row.actingAs === null ? '–' : shortAddress(row.actingAs);
}

function renderFindings(row: PlanRow): ReactNode {
  if (row.findings.length === 0) return null;
  const warning = row.findings.some((finding) => finding.kind === 'warning');
  return <Chip tone={warning ? 'warn' : 'upd'}>{row.findings.length}</Chip>;
}
