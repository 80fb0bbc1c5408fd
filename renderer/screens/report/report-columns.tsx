import type { JobKind } from '../../../shared/model/job.ts';
import type { Resolution } from '../../../shared/model/plan.ts';
import type { ReportItem } from '../../../shared/model/kept/report.ts';
import { Chip } from '../../components/Chip.tsx';
import type { ListColumn } from '../../components/list/columns.ts';
import { daysHere, formatFileLine, formatStart, shortAddress, shortPath } from '../../words/format.ts';
import { VERIFIED_WORDS } from '../../words/outcomes.ts';
import { outcomeWord } from '../../words/bin.ts';
import { RESOLUTION_WORDS } from '../../words/resolutions.ts';
import type { ReportLine } from './report-lines.ts';
import grid from '../../components/list/grid.module.css';

interface ReportColumns {
  readonly job: JobKind;
  /** What was chosen for rows that need attention, by UID. */
  readonly settled: ReadonlyMap<string, Resolution>;
  readonly grouped: boolean;
  /** All came from one file, which need not be named in each row. */
  readonly oneFile: boolean;
}

export function reportColumns({ job, settled, grouped, oneFile }: ReportColumns): readonly ListColumn<ReportLine>[] {
  const column = (part: Omit<ListColumn<ReportItem>, 'render'>, render: ListColumn<ReportItem>['render']) => ({
    ...part,
    render: (line: ReportLine) => (line.kind === 'item' ? render(line.item) : null),
  });
  return [
    column({ id: 'outcome', label: 'Outcome', width: '124px' }, (item) => (
      <OutcomeChip item={item} settled={settled} job={job} />
    )),
    {
      id: 'title',
      label: 'Title',
      width: 'minmax(120px, 1fr)',
      rest: true,
      render: (line) =>
        line.kind === 'item' ? <Title item={line.item} said={line.said} grouped={grouped} job={job} /> : null,
    },
    column({ id: 'when', label: 'When', width: '178px', className: 'dim', from: 620 }, ({ start, startsAt }) =>
      formatStart(start, startsAt),
    ),
    column(
      { id: 'organizer', label: 'Organizer', width: 'minmax(80px, 0.5fr)', className: 'dim', from: 960 },
      ({ organizer }) => <span className="ellipsis">{organizer === undefined ? '–' : shortAddress(organizer)}</span>,
    ),
    column(
      { id: 'place', label: 'In the backup', width: 'minmax(96px, 0.4fr)', className: 'dim', from: 400 },
      (item) => (
        <span className="ellipsis" title={formatFileLine(item)}>
          {oneFile && item.line > 0 ? `line ${String(item.line)}` : placeWords(item)}
        </span>
      ),
    ),
    column(
      { id: 'verified', label: 'Read back', width: 'minmax(80px, 0.45fr)', className: 'dim', from: 820 },
      (item) => <span className="ellipsis">{verifiedWords(item)}</span>,
    ),
  ];
}

function OutcomeChip({ item, settled, job }: Pick<ReportColumns, 'job' | 'settled'> & { readonly item: ReportItem }) {
  const chosen = settled.get(item.uid);
  if (chosen !== undefined) return <Chip tone={RESOLUTION_WORDS[chosen].tone}>{RESOLUTION_WORDS[chosen].mark}</Chip>;
  const { tone, label } = outcomeWord(item, job);
  return <Chip tone={tone}>{label}</Chip>;
}

interface TitleProps {
  readonly item: ReportItem;
  /** Why it ended so is said here, and not above. */
  readonly said: boolean;
  readonly grouped: boolean;
  readonly job: JobKind;
}

function Title({ item, said, grouped, job }: TitleProps) {
  const second = said ? saidOf(item, job) : grouped ? placeWords(item) : '';
  return (
    <span className={grid.twoLines}>
      <span className="strong ellipsis" dir="auto">
        {item.title === '' ? 'without a title' : item.title}
      </span>
      {second !== '' && <span className="small dim ellipsis">{second}</span>}
    </span>
  );
}

function saidOf({ outcome, bin, reason, status }: ReportItem, job: JobKind): string {
  const said = reason === '' ? outcomeWord({ outcome, bin }, job).means : daysHere(reason);
  return status === null ? said : `${said} · HTTP ${String(status)}`;
}

function placeWords({ file, line }: ReportItem): string {
  return formatFileLine({ file: shortPath(file), line });
}

/** What was made of it, and how it was read back. */
function verifiedWords({ verified, verifiedProperties, repairs }: ReportItem): string {
  const said = verified === null ? '' : (VERIFIED_WORDS[verified] ?? verified);
  const which = said === '' || verifiedProperties.length === 0 ? '' : ` (${verifiedProperties.join(', ')})`;
  return [`${said}${which}`, repairs.length === 0 ? '' : `repaired: ${repairs.join(', ')}`]
    .filter((part) => part !== '')
    .join(' · ');
}
