import { useMemo, useState, type JSX, type KeyboardEvent } from 'react';
import type { Action, PlanSummary } from '../../../../shared/model/plan.ts';
import { useRows } from '../../../stores/job/rows.ts';
import { formatMonth, formatNumber } from '../../../words/format.ts';
import { ACTION_WORDS } from '../../../words/outcomes.ts';
import { axisTicks, namedBars, timelineBuckets, type Bucket } from '../../../words/event/timeline.ts';
import { classes } from '../../../components/classes.ts';
import type { Tone } from '../../../words/modes.ts';
import { FILL_OF } from '../../../components/outcome/fill-of.ts';
import fills from '../../../components/outcome/fills.module.css';
import partsStyles from '../../../components/parts.module.css';
import styles from './review.module.css';

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
  const [pointed, setPointed] = useState<number | null>(null);
  const ticks = axisTicks(Math.max(1, ...buckets.map((bucket) => bucket.total)));
  const most = ticks.at(-1) ?? 1;
  if (buckets.length < 2) return null;

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
    <section className={classes(styles.timeline, partsStyles.card, partsStyles.padded)} aria-label="Events by month">
      <div className={partsStyles.cardHead}>
        <h2>Events by month</h2>
        <Legend buckets={buckets} />
        {chosen === null ? (
          <span className="faint small">click or drag to filter</span>
        ) : (
          <button type="button" className={partsStyles.link} onClick={clear}>
            {spanWords(chosen)} · show all months
          </button>
        )}
      </div>
      <div className={styles.timelinePlot}>
        <Axis ticks={ticks} />
        <div
          className={styles.timelineBars}
          role="toolbar"
          aria-label="Months"
          onKeyDown={keys}
          onPointerUp={() => {
            setDragging(false);
          }}
          onPointerLeave={() => {
            setDragging(false);
            setPointed(null);
          }}
          onBlur={() => {
            setPointed(null);
          }}
        >
          {buckets.map((bucket, index) => {
            const within = chosen !== null && bucket.from >= chosen.from && bucket.to <= chosen.to;
            return (
              <button
                key={bucket.from}
                id={`bar-${String(index)}`}
                type="button"
                className={classes(styles.bar, chosen !== null && !within && styles.out)}
                aria-pressed={within}
                aria-label={describe(bucket)}
                onFocus={() => {
                  setPointed(index);
                }}
                tabIndex={index === focus ? 0 : -1}
                onPointerDown={(event) => {
                  event.currentTarget.releasePointerCapture(event.pointerId);
                  setDragging(true);
                  setFrom(index);
                  setFocus(index);
                  choose(index, index);
                }}
                onPointerEnter={() => {
                  setPointed(index);
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
                    <i key={action} className={FILL_OF[ACTION_WORDS[action].tone]} style={{ height }} />
                  );
                })}
              </button>
            );
          })}
        </div>
        {pointed !== null && <Tip bucket={buckets[pointed]} at={(pointed + 0.5) / buckets.length} />}
      </div>
      <div className={classes(styles.timelineAxis, 'faint')} aria-hidden>
        {namedBars(buckets.length, NAMES).map((index) => (
          <span key={index} style={{ left: percent((index + 0.5) / buckets.length) }}>
            {formatMonth(buckets[index]?.from ?? '')}
          </span>
        ))}
      </div>
    </section>
  );
}

/** Months that are named below the bars, at most. */
const NAMES = 8;

/** Lines at round numbers of events. */
function Axis({ ticks }: { readonly ticks: readonly number[] }): JSX.Element {
  const most = ticks.at(-1) ?? 1;
  return (
    <div className={classes(styles.timelineTicks, 'faint')} aria-hidden>
      {ticks.map((tick) => (
        <span key={tick} style={{ bottom: percent(tick / most) }}>
          {formatNumber(tick)}
        </span>
      ))}
    </div>
  );
}

/** What the bar holds that one points at or that has the focus; a screen reader has it from the bar itself. */
function Tip({ bucket, at }: { readonly bucket: Bucket | undefined; readonly at: number }): JSX.Element | null {
  if (bucket === undefined) return null;
  return (
    <div className={classes(styles.timelineTip, at > 0.5 && styles.left)} style={{ left: percent(at) }} aria-hidden>
      <span className="strong">{bucket.label}</span>
      {STACK.toReversed().map((action) => {
        const count = bucket.counts[action] ?? 0;
        return count === 0 ? null : (
          <span key={action}>
            <i className={classes(fills.key, FILL_OF[ACTION_WORDS[action].tone])} /> {formatNumber(count)}{' '}
            {ACTION_WORDS[action].label.toLowerCase()}
          </span>
        );
      })}
      {bucket.total === 0 && <span className="dim">no events</span>}
    </div>
  );
}

/** What the colours mean: those actions that there are. Actions of one colour stand together. */
function Legend({ buckets }: { readonly buckets: readonly Bucket[] }): JSX.Element {
  const labels = new Map<Tone, string[]>();
  for (const action of STACK) {
    const { tone, label } = ACTION_WORDS[action];
    if (buckets.some(({ counts }) => (counts[action] ?? 0) > 0)) labels.set(tone, [...(labels.get(tone) ?? []), label]);
  }
  return (
    <span className={classes(styles.timelineLegend, 'faint small')}>
      {[...labels].map(([tone, names]) => (
        <span key={tone}>
          <i className={classes(fills.key, FILL_OF[tone])} aria-hidden /> {names.join(', ')}
        </span>
      ))}
    </span>
  );
}

function spanWords({ from, to }: { readonly from: string; readonly to: string }): string {
  return from === to ? formatMonth(from) : `${formatMonth(from)} – ${formatMonth(to)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
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
