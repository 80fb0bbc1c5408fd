import { IconCircleCheck } from '@tabler/icons-react';
import { useMemo, useRef, useState, type JSX } from 'react';
import { TROUBLE } from '../../../shared/model/outcome.ts';
import type { ReportItem } from '../../../shared/model/report.ts';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { useListWindow } from '../../components/useListWindow.ts';
import { formatNumber, formatPlace, formatStart, shortPath } from '../../words/format.ts';
import { OUTCOME_WORDS, VERIFIED_WORDS } from '../../words/outcomes.ts';

type Tab = 'trouble' | 'rewritten' | 'all';

/** CSS pixels, for three lines: title, the server's words, file and line. */
const ITEM_HEIGHT = 62;

/** Every event of the run; what wants a look first. */
export function ReportItems({ items }: { readonly items: readonly ReportItem[] }): JSX.Element {
  const trouble = useMemo(() => items.filter(needsLook), [items]);
  const rewritten = useMemo(() => items.filter((item) => item.verified === 'rewritten'), [items]);
  const [tab, setTab] = useState<Tab>(trouble.length > 0 ? 'trouble' : 'all');
  const shown = tab === 'trouble' ? trouble : tab === 'rewritten' ? rewritten : items;
  return (
    <section className="card live" aria-label="Events of the report">
      <Tabs<Tab>
        label="Which events"
        now={tab}
        choose={setTab}
        tabs={[
          {
            id: 'trouble',
            label: `Needs you ${formatNumber(trouble.length)}`,
            ...(trouble.length > 0 ? { tone: 'bad' as const } : {}),
          },
          { id: 'rewritten', label: `Re-written ${formatNumber(rewritten.length)}` },
          { id: 'all', label: `All ${formatNumber(items.length)}` },
        ]}
      >
        {shown.length === 0 ? <Nothing tab={tab} /> : <List key={tab} items={shown} />}
      </Tabs>
    </section>
  );
}

function needsLook(item: ReportItem): boolean {
  return (
    TROUBLE.includes(item.outcome) ||
    (item.verified !== null && item.verified !== 'same' && item.verified !== 'rewritten')
  );
}

function List({ items }: { readonly items: readonly ReportItem[] }): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const window = useListWindow(scroller, items.length, ITEM_HEIGHT);
  return (
    <div className="scroll report-scroll" ref={scroller} tabIndex={0} role="region" aria-label="Events">
      <ul style={{ height: window.height, position: 'relative' }} data-testid="report-items">
        {window.entries.map(({ index, top }) => {
          const item = items[index];
          return item === undefined ? null : (
            <Item key={index} item={item} top={top} index={index} of={items.length} measure={window.measure} />
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
          <span className="strong ellipsis">{item.title === '' ? 'without a title' : item.title}</span>
          <span className="dim small nowrap">{formatStart(item.start)}</span>
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

function Nothing({ tab }: { readonly tab: Tab }): JSX.Element {
  if (tab === 'rewritten') {
    return (
      <EmptyState icon={<IconCircleCheck size={30} stroke={1.5} aria-hidden />} title="Nothing was re-written">
        Some servers store an event in other words that mean the same. Here every event that was read back is as it was
        sent.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconCircleCheck size={30} stroke={1.5} aria-hidden />} title="Nothing needs you">
      No event is in conflict, rejected, failed or of unknown outcome.
    </EmptyState>
  );
}
