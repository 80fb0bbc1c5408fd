import type { JSX } from 'react';
import type { ReportHead } from '../../../shared/model/kept/report.ts';
import { Chip } from '../../components/Chip.tsx';
import { Explain } from '../../components/Explain.tsx';
import { formatNumber } from '../../words/format.ts';
import { jobOutcome } from '../../words/bin.ts';
import { classes } from '../../components/classes.ts';
import partsStyles from '../../components/parts.module.css';
import styles from './report.module.css';

/** Totals per bucket, in events and in items; the last line is the whole plan. */
export function Buckets({ report }: { readonly report: ReportHead }): JSX.Element {
  const { buckets, run } = report;
  const resources = buckets.reduce((sum, bucket) => sum + bucket.resources, 0);
  const components = buckets.reduce((sum, bucket) => sum + bucket.components, 0);
  return (
    <section className={classes(styles.buckets, partsStyles.card)} aria-label="Totals" data-testid="totals">
      <table className={partsStyles.table}>
        <thead>
          <tr>
            <th style={{ width: '40%' }}>Outcome</th>
            <th className="number">
              Events
              <Explain
                term="Events"
                means="A recurring event with its changed instances counts once; so does an item that cannot be read."
              />
            </th>
            <th className="number">
              Items
              <Explain
                term="Items"
                means="What stands in the files: single events, series, and each changed instance of a series."
              />
            </th>
          </tr>
        </thead>
        <tbody>
          {buckets.map(({ outcome, resources: events, components: items }) => {
            const { tone, label, means } = jobOutcome(outcome, run.job);
            return (
              <tr key={outcome} title={means}>
                <td>
                  <Chip tone={tone}>{label}</Chip>
                </td>
                <td className="number">{formatNumber(events)}</td>
                <td className="number">{formatNumber(items)}</td>
              </tr>
            );
          })}
          <tr className={styles.sum}>
            <td>All</td>
            <td className="number">{formatNumber(resources)}</td>
            <td className="number">{formatNumber(components)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
