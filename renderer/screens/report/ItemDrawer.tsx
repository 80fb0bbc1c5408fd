import { IconLoader2 } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { ReportItem, RunEntry } from '../../../shared/model/kept/report.ts';
import { Chip } from '../../components/Chip.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { EventCard } from '../../components/event/EventCard.tsx';
import { Drawer } from '../../components/frame/Drawer.tsx';
import { JobNotice } from '../../components/server/JobNotice.tsx';
import { FileLine } from '../../components/event/FileLine.tsx';
import { useAttention } from '../../stores/job/attention.ts';
import { useRows } from '../../stores/job/rows.ts';
import { daysHere, formatStart } from '../../words/format.ts';
import { VERIFIED_WORDS } from '../../words/outcomes.ts';
import { outcomeWord } from '../../words/bin.ts';
import { nextWords } from '../../words/report.ts';
import { RowDrawer } from '../job/review/RowDrawer.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import drawer from '../../components/frame/drawer.module.css';

/** The row of the report that is open: with the event and its choices where it can be settled, else as the run keeps it. */
export function ItemDrawer({ run }: { readonly run: RunEntry }): JSX.Element | null {
  const { item, row, planning, failure, close, open } = useAttention();
  const detail = useRows((state) => (state.open !== null && state.open === row ? state.detail : null));
  if (item === null) return null;
  if (detail !== null) return <RowDrawer />;
  return (
    <Drawer label="Event" testId="item-drawer" closes="the event" close={close}>
      <Facts run={run} item={item} />
      {planning && (
        <p className={classes(drawer.padded, 'row dim small')} role="status">
          <IconLoader2 size={15} className={parts.spin} aria-hidden /> Looking at the calendar as it is now…
        </p>
      )}
      {failure !== null && (
        <div className={drawer.padded}>
          <JobNotice failure={failure} action={{ label: 'Try again', run: () => void open(run, item) }} />
        </div>
      )}
      <Kept />
    </Drawer>
  );
}

function Facts({ run, item }: { readonly run: RunEntry; readonly item: ReportItem }): JSX.Element {
  const { tone, label, means } = outcomeWord(item, run.job);
  const next = nextWords(run, item);
  return (
    <div className={drawer.head}>
      <h2 dir="auto">{item.title === '' ? 'Without a title' : item.title}</h2>
      <p className="dim small">{formatStart(item.start, item.startsAt)}</p>
      <p className="small">
        <Chip tone={tone}>{label}</Chip>{' '}
        <span className="dim">{item.reason === '' ? means : daysHere(item.reason)}</span>
      </p>
      {item.verified !== null && (
        <p className="small dim">
          {VERIFIED_WORDS[item.verified] ?? item.verified}
          {item.verifiedProperties.length > 0 && ` (${item.verifiedProperties.join(', ')})`}
        </p>
      )}
      {item.status !== null && <p className="small dim">The server answered HTTP {item.status}.</p>}
      {item.file !== '' && (
        <p className="small faint">
          <FileLine file={item.file} line={item.line} />
        </p>
      )}
      {item.uid !== '' && (
        <p className="row small faint">
          <span className="grow ellipsis">UID {item.uid}</span>
          <CopyButton label="Copy UID" text={() => item.uid} />
        </p>
      )}
      {next !== '' && <p className="small dim">{next}</p>}
    </div>
  );
}

/** What the event says, as the run keeps it, and below it the text as it stands. */
function Kept(): JSX.Element | null {
  const { text, reading } = useAttention();
  if (text === null) return reading ? <p className={classes(drawer.padded, 'dim small')}>Reading…</p> : null;
  return (
    <div
      className={classes(drawer.body, drawer.padded, parts.scroll)}
      tabIndex={0}
      role="region"
      aria-label="The event as the run keeps it"
    >
      {text.card !== null && <EventCard card={text.card} />}
      <details open={text.card === null}>
        <summary className="small dim">Raw text</summary>
        <pre className={parts.raw} dir="auto" data-testid="kept-raw">
          {text.raw}
        </pre>
      </details>
    </div>
  );
}
