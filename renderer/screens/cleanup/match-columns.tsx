import { IconRepeat } from '@tabler/icons-react';
import type { Match } from '../../../shared/model/batch/cleanup.ts';
import { Chip } from '../../components/Chip.tsx';
import type { ListColumn } from '../../components/list/columns.ts';
import { formatNumber, formatStart, shortAddress } from '../../words/format.ts';
import parts from '../../components/parts.module.css';
import grid from '../../components/list/grid.module.css';

/** CSS pixels from which a mailbox has a column of its own. */
const MAILBOX_FROM = 520;

export const MATCH_LIST: readonly ListColumn<Match>[] = [
  {
    id: 'title',
    label: 'Title',
    width: 'minmax(120px, 1fr)',
    rest: true,
    render: ({ title, recurring, own, mailbox, calendar, start, startsAt }) => (
      <span className={grid.twoLines}>
        <span className="row">
          <span className="ellipsis" dir="auto">
            {title === '' ? 'without a title' : title}
          </span>
          {recurring && <IconRepeat size={13} className={parts.mark} aria-label="series" />}
          {own !== 'no' && <Chip tone="hush">{own === 'organizer' ? 'organizes' : 'accepted'}</Chip>}
        </span>
        <span className="small dim ellipsis">
          {formatStart(start, startsAt)} · {mailbox}, {calendar}
        </span>
      </span>
    ),
  },
  {
    id: 'when',
    label: 'When',
    width: '150px',
    className: 'dim',
    from: 480,
    render: ({ start, startsAt }) => <span className="ellipsis">{formatStart(start, startsAt)}</span>,
  },
  {
    id: 'organizer',
    label: 'Organizer',
    width: 'minmax(90px, 0.5fr)',
    className: 'dim',
    from: 640,
    render: ({ organizer }) => <span className="ellipsis">{organizer === null ? '–' : shortAddress(organizer)}</span>,
  },
  {
    id: 'mailbox',
    label: 'Mailbox',
    width: 'minmax(80px, 0.4fr)',
    className: 'dim',
    from: MAILBOX_FROM,
    render: ({ mailbox }) => <span className="ellipsis">{mailbox}</span>,
  },
  {
    id: 'guests',
    label: 'Guests',
    width: '70px',
    className: 'number dim',
    from: 700,
    render: ({ guests }) => (guests === 0 ? '–' : formatNumber(guests)),
  },
];
