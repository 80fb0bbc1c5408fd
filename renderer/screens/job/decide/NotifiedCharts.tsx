import { useState, type JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import type { StandardMode } from '../../../../shared/model/scheduling.ts';
import { formatNumber, listWords } from '../../../../shared/words/format.ts';
import { Tabs } from '../../../components/frame/Tabs.tsx';
import { modeTitle } from '../../../words/modes.ts';
import { CHART_WORDS, CHARTS, chartRows, type ChartBy, type ChartRow } from '../../../words/notified-chart.ts';

/** Bars that are drawn; the table has the others. */
const MOST = 8;

interface NotifiedChartsProps {
  readonly summary: PlanSummary;
  readonly mode: StandardMode;
}

/** Whom the chosen mode notifies, as bars and as a table that says the same. */
export function NotifiedCharts({ summary, mode }: NotifiedChartsProps): JSX.Element {
  const [by, setBy] = useState<ChartBy>('domain');
  const rows = chartRows(summary, mode, by);
  return (
    <section className="card padded notified-charts" aria-label="Who is notified" data-testid="notified-charts">
      <div className="card-head">
        <h2>Who is notified</h2>
        <span className="faint small">{modeTitle(mode)}</span>
      </div>
      <Tabs<ChartBy>
        label="Counted"
        className="chart-tabs"
        now={by}
        choose={setBy}
        tabs={CHARTS.map((id) => ({ id, label: CHART_WORDS[id].tab }))}
        aside={<Legend silent={mode === 'internal-only'} />}
      >
        {rows.length === 0 ? (
          <p className="dim">{mode === 'none' ? 'Nobody is notified.' : 'Nothing to count here in this mode.'}</p>
        ) : (
          <Chart key={`${mode} ${by}`} rows={rows} by={by} silent={mode === 'internal-only'} />
        )}
      </Tabs>
    </section>
  );
}

function Legend({ silent }: { readonly silent: boolean }): JSX.Element {
  return (
    <span className="faint small legend">
      <span>
        <i className="key fill-upd" /> {silent ? 'internal: calendars updated, no messages' : 'messages, internal'}
      </span>
      {!silent && (
        <span>
          <i className="key fill-warn" /> messages, external
        </span>
      )}
    </span>
  );
}

interface ChartProps {
  readonly rows: readonly ChartRow[];
  readonly by: ChartBy;
  /** Calendars change, and nobody gets a message. */
  readonly silent: boolean;
}

function Chart({ rows, by, silent }: ChartProps): JSX.Element {
  const [active, setActive] = useState<string | null>(null);
  const most = Math.max(...rows.map(({ inside, outside }) => inside + outside));
  const shown = rows.find(({ key }) => key === active) ?? null;
  return (
    <div className="chart-and-table">
      <div>
        <ul className="chart-bars">
          {rows.slice(0, MOST).map((row) => (
            <li key={row.key}>
              <button
                type="button"
                className={row.key === active ? 'chart-bar on' : 'chart-bar'}
                onFocus={() => {
                  setActive(row.key);
                }}
                onPointerEnter={() => {
                  setActive(row.key);
                }}
              >
                <span className="ellipsis">{row.label}</span>
                <span className="chart-track">
                  {row.inside > 0 && <i className="fill-upd" style={{ width: share(row.inside, most) }} />}
                  {row.outside > 0 && <i className="fill-warn" style={{ width: share(row.outside, most) }} />}
                </span>
                <span className="chart-count">{formatNumber(row.inside + row.outside)}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className="small dim chart-says" role="status">
          {shown === null ? 'Point at a bar, or go to it with Tab: its meetings are named here.' : meetingsOf(shown)}
        </p>
      </div>
      <div className="chart-table" tabIndex={0} role="region" aria-label={`Who is notified, ${CHART_WORDS[by].tab}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{CHART_WORDS[by].column}</th>
              <th scope="col" className="number">
                Internal
              </th>
              {!silent && (
                <th scope="col" className="number">
                  External
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} className={row.key === active ? 'on' : ''}>
                <th scope="row">{row.label}</th>
                <td className="number">{formatNumber(row.inside)}</td>
                {!silent && <td className="number">{formatNumber(row.outside)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function share(part: number, of: number): string {
  return `${((part / of) * 100).toFixed(2)}%`;
}

function meetingsOf({ label, meetings, inside, outside }: ChartRow): string {
  if (meetings.length === 0) return `${label}: events without a title.`;
  const more = inside + outside > meetings.length ? ' …' : '';
  return `${label}: ${listWords(meetings)}${more}`;
}
