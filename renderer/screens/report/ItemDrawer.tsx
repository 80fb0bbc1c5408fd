import { ActionIcon } from '@mantine/core';
import { IconLoader2, IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { ReportItem, RunEntry } from '../../../shared/model/report.ts';
import { Chip } from '../../components/Chip.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Place } from '../../components/server/Place.tsx';
import { useAttention } from '../../stores/job/attention.ts';
import { useRows } from '../../stores/job/rows.ts';
import { formatStart } from '../../words/format.ts';
import { OUTCOME_WORDS, VERIFIED_WORDS } from '../../words/outcomes.ts';
import { RowDrawer } from '../job/review/RowDrawer.tsx';

/** The row of the report that is open: with the event and its choices where it can be settled, else with what is known. */
export function ItemDrawer({ run }: { readonly run: RunEntry }): JSX.Element | null {
  const { item, row, planning, failure, close, open } = useAttention();
  const detail = useRows((state) => (state.open !== null && state.open === row ? state.detail : null));
  if (item === null) return null;
  if (detail !== null) return <RowDrawer />;
  return (
    <section
      className="drawer"
      aria-label="Event"
      data-testid="item-drawer"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <ActionIcon className="drawer-close" variant="subtle" color="gray" aria-label="Close the event" onClick={close}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
      <Facts item={item} />
      {planning && (
        <p className="row dim small padded" role="status">
          <IconLoader2 size={15} className="spin" aria-hidden /> Looking at the calendar as it is now…
        </p>
      )}
      {failure !== null && (
        <div className="padded">
          <Notice failure={failure} action={{ label: 'Try again', run: () => void open(run, item) }} />
        </div>
      )}
    </section>
  );
}

function Facts({ item }: { readonly item: ReportItem }): JSX.Element {
  const { tone, label, means } = OUTCOME_WORDS[item.outcome];
  return (
    <div className="drawer-head">
      <h2>{item.title === '' ? 'Without a title' : item.title}</h2>
      <p className="dim small">{formatStart(item.start, item.startsAt)}</p>
      <p className="small">
        <Chip tone={tone}>{label}</Chip> <span className="dim">{item.reason === '' ? means : item.reason}</span>
      </p>
      {item.verified !== null && (
        <p className="small dim">
          {VERIFIED_WORDS[item.verified] ?? item.verified}
          {item.verifiedProperties.length > 0 && ` (${item.verifiedProperties.join(', ')})`}
        </p>
      )}
      {item.status !== null && <p className="small dim">The server answered HTTP {item.status}.</p>}
      <p className="small faint">
        <Place file={item.file} line={item.line} />
      </p>
      {item.uid !== '' && (
        <p className="row small faint">
          <span className="grow ellipsis">UID {item.uid}</span>
          <CopyButton label="Copy UID" text={() => item.uid} />
        </p>
      )}
      {item.outcome === 'rejected' && (
        <p className="small dim">It cannot be stored as it is: mend it in the backup, and restore it from there.</p>
      )}
    </div>
  );
}
