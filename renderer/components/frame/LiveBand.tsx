import type { JSX } from 'react';
import { useWriteTarget } from './useWriteTarget.ts';
import styles from './band.module.css';

/** Says on top of every job that writes to a real server where that is. Nothing else wears its colour. */
export function LiveBand(): JSX.Element | null {
  const target = useWriteTarget();
  if (target?.live !== true) return null;
  const { host, user, calendar } = target;
  return (
    <div className={styles.liveBand} role="status" aria-label="Where this job writes" data-testid="live-band">
      <strong>LIVE</strong>
      <span>{host ?? 'server not known yet'}</span>
      {user !== null && <span>{user}</span>}
      {calendar !== null && <span>{calendar}</span>}
    </div>
  );
}
