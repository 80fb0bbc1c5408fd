import type { JSX } from 'react';
import { ratePoints, type RatePoint } from '../../../stores/job/rate.ts';
import { useRun } from '../../../stores/job/run.ts';
import { formatDuration, formatNumber, formatTime } from '../../../words/format.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import styles from './rate.module.css';

const WIDTH = 760;
const HEIGHT = 64;

/** Events a second since the start. */
export function RateChart(): JSX.Element {
  const samples = useRun((state) => state.samples);
  const pace = useRun((state) => state.snapshot.pace);
  const points = ratePoints(samples);
  const most = Math.max(1, ...points.map((point) => point.rate));
  const seconds = points.at(-1)?.at ?? 0;
  return (
    <section className={classes(parts.card, parts.padded, styles.rate)} aria-label="Events a second">
      <div className={parts.cardHead}>
        <h2>Events a second</h2>
        <span className="faint small">
          {pace === null || pace.because === '' ? '' : `${formatTime(pace.at)}: ${pace.because}`}
        </span>
      </div>
      <div className={styles.chart}>
        <div className={classes(styles.scale, 'faint')} aria-hidden>
          <span>{formatNumber(Math.round(most))}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={describe(points, most)}
        >
          <path d={linePath(points, most)} className={styles.line} vectorEffect="non-scaling-stroke" />
        </svg>
      </div>
      <div className={classes(styles.axis, 'faint')} aria-hidden>
        <span>start</span>
        <span>{seconds < 1 ? '' : formatDuration(seconds)}</span>
      </div>
    </section>
  );
}

function linePath(points: readonly RatePoint[], most: number): string {
  const last = points.at(-1)?.at ?? 0;
  if (points.length < 2 || last === 0) return '';
  return [{ at: 0, rate: 0 }, ...points]
    .map(({ at, rate }, index) => {
      const x = ((at / last) * WIDTH).toFixed(1);
      const y = (HEIGHT - 2 - (rate / most) * (HEIGHT - 6)).toFixed(1);
      return `${index === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join(' ');
}

function describe(points: readonly RatePoint[], most: number): string {
  const last = points.at(-1);
  if (last === undefined) return 'No rate yet';
  return `Now ${formatNumber(Math.round(last.rate))} events a second, at most ${formatNumber(Math.round(most))}`;
}
