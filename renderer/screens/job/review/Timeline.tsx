import { useMemo, useState, type JSX, type KeyboardEvent } from 'react';
import type { Action, PlanSummary } from '../../../../shared/model/plan.ts';
import { useRows } from '../../../stores/job/rows.ts';
import { formatMonth, formatNumber } from '../../../words/format.ts';
import { ACTION_WORDS } from '../../../words/outcomes.ts';
import { timelineBuckets, type Bucket } from '../../../words/timeline.ts';

/** Drawn from the bottom up. */
const STACK: readonly Action[] = ['unchanged', 'skip', 'supersede', 'create', 'update', 'delete', 'conflict', 'reject'];

/** Events by month, stacked by action. A month is chosen by click or Enter, a span by dragging or with Shift. */
export function Timeline({ months }: { readonly months: PlanSummary['months'] }): JSX.Element | null {
  const buckets = useMemo(() => timelineBuckets(months), [months]);
  const chosen = useRows((state) => state.filter.months);
  const setFilter = useRows((state) => state.setFilter);
  const [from, setFrom] = useState<number | null>(null);
  const [dragging, setDragging] = useState(false);
  const [focus, setFocus] = useState(0);
  const most = Math.max(1, ...buckets.map((bucket) => bucket.total));
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined || buckets.length < 2) return null;

  const choose = (a: number, b: number): void => {
    const low = buckets[Math.min(a, b)];
    const high = buckets[Math.max(a, b)];
    if (low !== undefined && high !== undefined) setFilter({ months: { from: low.from, to: high.to } });
  };
  const clear = (): void => {
    setFrom(null);
    setFilter({ months: null });
  };
  const keys = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Escape' && chosen !== null) clear();
    const next = nextBar(event.key, focus, buckets.length);
    if (next === null) return;
    event.preventDefault();
    setFocus(next);
    document.getElementById(`bar-${String(next)}`)?.focus();
    if (event.shiftKey) choose(from ?? focus, next);
    if (event.shiftKey && from === null) setFrom(focus);
    if (!event.shiftKey) setFrom(null);
  };
  return (
    <section className="card padded timeline" aria-label="Events by month">
      <div className="card-head">
        <h2>Events by month</h2>
        {chosen === null ? (
          <span className="faint small">click or drag to filter</span>
        ) : (
          <button type="button" className="link" onClick={clear}>
            {formatMonth(chosen.from)} – {formatMonth(chosen.to)} · show all months
          </button>
        )}
      </div>
      <div
        className="timeline-bars"
        role="toolbar"
        aria-label="Months"
        onKeyDown={keys}
        onPointerUp={() => {
          setDragging(false);
        }}
        onPointerLeave={() => {
          setDragging(false);
        }}
      >
        {buckets.map((bucket, index) => {
          const within = chosen !== null && bucket.from >= chosen.from && bucket.to <= chosen.to;
          return (
            <button
              key={bucket.from}
              id={`bar-${String(index)}`}
              type="button"
              className={chosen !== null && !within ? 'bar out' : 'bar'}
              aria-pressed={within}
              aria-label={describe(bucket)}
              title={describe(bucket)}
              tabIndex={index === focus ? 0 : -1}
              onPointerDown={(event) => {
                event.currentTarget.releasePointerCapture(event.pointerId);
                setDragging(true);
                setFrom(index);
                setFocus(index);
                choose(index, index);
              }}
              onPointerEnter={() => {
                if (dragging && from !== null) choose(from, index);
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ' ') choose(index, index);
              }}
            >
              {STACK.map((action) => {
                const count = bucket.counts[action] ?? 0;
                const height = `${((count / most) * 100).toFixed(2)}%`;
                return count === 0 ? null : (
                  <i key={action} className={`fill-${ACTION_WORDS[action].tone}`} style={{ height }} />
                );
              })}
            </button>
          );
        })}
      </div>
      <div className="timeline-axis faint" aria-hidden>
        <span>{formatMonth(first.from)}</span>
        <span>{formatMonth(last.to)}</span>
      </div>
    </section>
  );
}

function nextBar(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return Math.min(count - 1, at + 1);
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function describe(bucket: Bucket): string {
  const parts = STACK.flatMap((action) => {
    const count = bucket.counts[action] ?? 0;
    return count === 0 ? [] : [`${formatNumber(count)} ${ACTION_WORDS[action].label.toLowerCase()}`];
  });
  return `${bucket.label}: ${parts.length === 0 ? 'no events' : parts.join(', ')}`;
}
