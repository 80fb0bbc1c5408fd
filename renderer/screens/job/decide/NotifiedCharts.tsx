import { useState, type JSX } from 'react';
import { isolate } from '../../../../shared/words/isolate.ts';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import type { SchedulingMode, StandardMode } from '../../../../shared/model/scheduling.ts';
import { formatNumber, listWords } from '../../../../shared/words/format.ts';
import { Explain } from '../../../components/Explain.tsx';
import { Tabs } from '../../../components/frame/Tabs.tsx';
import { isStandard, modeTitle } from '../../../words/modes.ts';
import { CHART_WORDS, CHARTS, barsOf, type ChartBy, type ChartRow } from '../../../words/notified-chart.ts';
import { NotifiedBars } from './HearBars.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fills from '../../../components/outcome/fills.module.css';
import styles from './decide.module.css';

/** Bars that are drawn; the table has the others. */
const MOST = 4;

type ChartTab = 'mode' | ChartBy;
const TABS: readonly { readonly id: ChartTab; readonly label: string }[] = [
  { id: 'mode', label: 'By answer' },
  ...CHARTS.map((id) => ({ id, label: CHART_WORDS[id].tab })),
];

interface NotifiedChartsProps {
  readonly summary: PlanSummary;
  readonly mode: SchedulingMode;
}

/** Who is notified: by answer, to compare them, and what the chosen one does, as bars and as a table that says the same. */
export function NotifiedCharts({ summary, mode: chosen }: NotifiedChartsProps): JSX.Element {
  const [tab, setTab] = useState<ChartTab>('mode');
  // Of a server's own mode nobody can count more than with `all`.
  const mode = isStandard(chosen) ? chosen : 'all';
  return (
    <section
      className={classes(parts.card, parts.padded, styles.hear)}
      aria-label="Who is notified"
      data-testid="notified-charts"
    >
      <Tabs<ChartTab>
        label="Who is notified"
        className={styles.chartTabs}
        now={tab}
        choose={setTab}
        tabs={TABS}
        aside={<Legend />}
      >
        {tab === 'mode' ? (
          <NotifiedBars summary={summary} />
        ) : (
          <ChartOf key={`${mode} ${tab}`} summary={summary} mode={mode} by={tab} />
        )}
      </Tabs>
    </section>
  );
}

function Legend(): JSX.Element {
  return (
    <span className={classes('faint', styles.legend)}>
      <span>
        <i className={classes(fills.key, fills.fillUpd)} /> internal
        <Explain term="Internal" means="People whose calendar is on the same server." />
      </span>
      <span>
        <i className={classes(fills.key, fills.fillWarn)} /> external
        <Explain term="External" means="Everybody else: they would get mail." />
      </span>
    </span>
  );
}

interface ChartOfProps {
  readonly summary: PlanSummary;
  readonly mode: StandardMode;
  readonly by: ChartBy;
}

function ChartOf({ summary, mode, by }: ChartOfProps): JSX.Element {
  const rows = barsOf(summary, mode, by);
  if (rows.length === 0) {
    return (
      <p className="dim small">{modeTitle(mode)}: no message to count here. Choose another answer to see its own.</p>
    );
  }
  return <Chart rows={rows} by={by} silent={mode === 'internal-only'} />;
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
    <div className={styles.chartAndTable}>
      <div>
        <ul className={styles.chartBars}>
          {rows.slice(0, MOST).map((row) => (
            <li key={row.key}>
              <button
                type="button"
                className={classes(styles.chartBar, row.key === active && styles.on)}
                onFocus={() => {
                  setActive(row.key);
                }}
                onPointerEnter={() => {
                  setActive(row.key);
                }}
              >
                <span className="ellipsis">{row.label}</span>
                <span className={styles.chartTrack}>
                  {row.inside > 0 && <i className={fills.fillUpd} style={{ width: share(row.inside, most) }} />}
                  {row.outside > 0 && <i className={fills.fillWarn} style={{ width: share(row.outside, most) }} />}
                </span>
                <span className={styles.chartCount}>{formatNumber(row.inside + row.outside)}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className={classes('small dim ellipsis', styles.chartSays)} role="status">
          {shown !== null
            ? meetingsOf(shown)
            : silent
              ? 'Calendars that are updated, without a message. Point at a bar to see its meetings.'
              : 'Messages. Point at a bar, or go to it with Tab, to see its meetings.'}
        </p>
      </div>
      <div
        className={styles.chartTable}
        tabIndex={0}
        role="region"
        aria-label={`Who is notified, ${CHART_WORDS[by].tab}`}
      >
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
              <tr key={row.key} className={row.key === active ? styles.on : ''}>
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
  return `${label}: ${listWords(meetings.map(isolate))}${more}`;
}
