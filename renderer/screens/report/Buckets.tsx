import type { JSX } from 'react';
import type { ReportHead } from '../../../shared/model/report.ts';
import { Chip } from '../../components/Chip.tsx';
import { Explain } from '../../components/Explain.tsx';
import { formatNumber } from '../../words/format.ts';
import { OUTCOME_WORDS } from '../../words/outcomes.ts';

/** Totals per bucket, in events and in parts; the last line is the whole plan. */
export function Buckets({ buckets }: Pick<ReportHead, 'buckets'>): JSX.Element {
  const resources = buckets.reduce((sum, bucket) => sum + bucket.resources, 0);
  const components = buckets.reduce((sum, bucket) => sum + bucket.components, 0);
  return (
    <section className="card buckets" aria-label="Totals" data-testid="totals">
      <table className="table">
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
              Parts
              <Explain
                term="Parts"
                means="What stands in the files: single events, series, and each changed instance of a series."
              />
            </th>
          </tr>
        </thead>
        <tbody>
          {buckets.map((bucket) => (
            <tr key={bucket.outcome} title={OUTCOME_WORDS[bucket.outcome].means}>
              <td>
                <Chip tone={OUTCOME_WORDS[bucket.outcome].tone}>{OUTCOME_WORDS[bucket.outcome].label}</Chip>
              </td>
              <td className="number">{formatNumber(bucket.resources)}</td>
              <td className="number">{formatNumber(bucket.components)}</td>
            </tr>
          ))}
          <tr className="sum">
            <td>All</td>
            <td className="number">{formatNumber(resources)}</td>
            <td className="number">{formatNumber(components)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
