import { Checkbox } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useRef, type JSX } from 'react';
import type { Cluster } from '../../../shared/model/batch/cleanup.ts';
import { Chip } from '../../components/Chip.tsx';
import { useListWindow } from '../../components/useListWindow.ts';
import { useCleanup } from '../../stores/batch/cleanup.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { isolate } from '../../../shared/words/isolate.ts';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import grid from '../../components/list/grid.module.css';
import fills from '../../components/outcome/fills.module.css';
import styles from './cleanup.module.css';

const ROW_HEIGHT = 66;

/** The heaps, biggest first. */
export function ClusterList({ clusters }: { readonly clusters: readonly Cluster[] }): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useListWindow(scroller, clusters.length, ROW_HEIGHT);
  const most = clusters[0]?.matches ?? 1;
  const { keepClusters } = useCleanup.getState();
  const ticked = clusters.filter(({ kept, matches }) => kept < matches).length;
  const full = clusters.every(({ kept }) => kept === 0);
  return (
    <>
      <div className={classes(styles.placeRow, styles.head)}>
        <Checkbox
          label={`All ${plural(clusters.length, 'group')}`}
          checked={full && clusters.length > 0}
          indeterminate={!full && ticked > 0}
          onChange={() =>
            void keepClusters(
              clusters.map(({ key }) => key),
              full,
            )
          }
        />
      </div>
      <div
        className={classes(grid.clusterScroll, parts.scroll)}
        data-list
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label="Groups"
      >
        <ul style={{ height: list.height, position: 'relative' }} data-testid="clusters">
          {list.entries.map(({ index, top }) => {
            const cluster = clusters[index];
            return cluster === undefined ? null : (
              <li
                key={cluster.key}
                data-index={index}
                ref={list.measure}
                className={grid.clusterItem}
                style={{ transform: `translateY(${String(top)}px)` }}
              >
                <Row cluster={cluster} most={most} />
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}

function Row({ cluster, most }: { readonly cluster: Cluster; readonly most: number }): JSX.Element {
  const open = useCleanup((state) => state.key === cluster.key);
  const { openCluster, keepClusters } = useCleanup.getState();
  const { key, label, matches, calendars, mailboxes, own, kept, samples } = cluster;
  return (
    <div className={classes(styles.cluster, open && styles.open)} data-testid="cluster">
      <Checkbox
        aria-label={`Remove ${plural(matches, 'copy', 'copies')}: ${label}`}
        checked={kept === 0}
        indeterminate={kept > 0 && kept < matches}
        onChange={() => void keepClusters([key], kept === 0)}
      />
      <button
        type="button"
        className={styles.clusterOpen}
        aria-expanded={open}
        onClick={() => {
          openCluster(open ? null : key);
        }}
      >
        <span className="row">
          <span className="strong ellipsis">{label === '' ? 'without one' : label}</span>
          {own > 0 && <Chip tone="hush">{formatNumber(own)} own</Chip>}
        </span>
        <span className={styles.clusterBar} aria-hidden>
          <i className={fills.fillBad} style={{ width: share(matches - kept, most) }} />
          <i className={fills.fillSame} style={{ width: share(kept, most) }} />
        </span>
        <span className="small dim ellipsis">
          {spread(calendars, mailboxes)}
          {samples.length > 0 && ` · ${samples.map((title) => `“${isolate(title)}”`).join(', ')}`}
        </span>
      </button>
      <span className={styles.clusterCount}>{formatNumber(matches)}</span>
      <IconChevronRight size={15} className="faint" aria-hidden />
    </div>
  );
}

function share(part: number, of: number): string {
  return `${((part / Math.max(1, of)) * 100).toFixed(1)}%`;
}

function spread(calendars: number, mailboxes: number): string {
  const places = plural(calendars, 'calendar');
  return mailboxes === calendars ? `in ${places}` : `in ${places} of ${plural(mailboxes, 'mailbox', 'mailboxes')}`;
}
