import { IconLoader2 } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useCleanup } from '../../stores/batch/cleanup.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import overall from '../../components/overall.module.css';
import fills from '../../components/outcome/fills.module.css';

/** How far a search is. */
export function SearchProgress(): JSX.Element {
  const progress = useCleanup((state) => state.progress);
  const paused = useCleanup((state) => state.paused);
  const searched = progress?.searched ?? 0;
  const places = progress?.places ?? 0;
  return (
    <section className={classes(overall.overall, parts.card)} aria-label="Search" role="status">
      <div className="row">
        <span className={overall.big}>{plural(progress?.matches ?? 0, 'event')} found</span>
        <span className="dim">
          {paused
            ? 'paused'
            : places === 0
              ? 'logging in'
              : `in ${formatNumber(searched)} of ${plural(places, 'calendar')}`}
        </span>
        <span className="grow" />
        {!paused && <IconLoader2 size={16} className={parts.spin} aria-hidden />}
      </div>
      <div className={fills.progress} aria-hidden>
        <i
          className={fills.fillUpd}
          style={{ width: `${places === 0 ? '0' : ((searched / places) * 100).toFixed(1)}%` }}
        />
      </div>
      <p className="small dim ellipsis">
        {formatNumber(progress?.events ?? 0)} events looked at
        {progress !== null && progress.now !== '' && `, now in ${progress.now}`}
      </p>
    </section>
  );
}
