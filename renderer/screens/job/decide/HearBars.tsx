import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { NOBODY, STANDARD_MODES } from '../../../../shared/model/scheduling.ts';
import { formatNumber } from '../../../words/format.ts';
import { kindWords, notifiedIn } from '../../../words/modes.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fills from '../../../components/outcome/fills.module.css';
import styles from './decide.module.css';

/** The picture of who would be notified: people inside and outside for each mode. */
export function NotifiedBars({ summary }: { readonly summary: PlanSummary }): JSX.Element {
  const counts = STANDARD_MODES.map((mode) => ({ mode, notified: notifiedIn(summary, mode) }));
  const most = Math.max(1, ...counts.map(({ notified }) => notified?.people ?? 0));
  return (
    <>
      <dl className={styles.bars}>
        {counts.map(({ mode, notified }) => (
          <div key={mode} className={parts.fact}>
            <dt>{mode}</dt>
            <dd>
              <Bar inside={(notified ?? NOBODY).inside / most} outside={(notified ?? NOBODY).outside / most} />
              <span>
                {notified === null
                  ? 'not possible here'
                  : notified.people === 0
                    ? 'nobody'
                    : formatNumber(notified.people)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <Kinds summary={summary} />
    </>
  );
}

function Bar({ inside, outside }: { readonly inside: number; readonly outside: number }): JSX.Element {
  const share = (part: number): string => `${(part * 72).toFixed(2)}%`;
  return (
    <>
      {inside > 0 && <i className={fills.fillUpd} style={{ width: share(inside) }} />}
      {outside > 0 && <i className={fills.fillWarn} style={{ width: share(outside) }} />}
      {inside + outside === 0 && <i className={styles.none} />}
    </>
  );
}

/** What the messages say, if everyone is notified. */
function Kinds({ summary }: { readonly summary: PlanSummary }): JSX.Element | null {
  const words = kindWords(summary.kinds?.all);
  if (words === '' || (notifiedIn(summary, 'all')?.messages ?? 0) === 0) return null;
  return <p className={classes(styles.kinds, 'dim')}>If everyone is notified: {words}.</p>;
}
