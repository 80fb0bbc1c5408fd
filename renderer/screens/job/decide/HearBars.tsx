import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { NOBODY, STANDARD_MODES } from '../../../../shared/model/scheduling.ts';
import { Explain } from '../../../components/Explain.tsx';
import { formatNumber, plural, shortAddress } from '../../../words/format.ts';
import { kindWords, notifiedIn } from '../../../words/modes.ts';

const TOP = 3;
/** Beside their domains. */
const TOP_WITH_DOMAINS = 2;

/** The picture of who would be notified: people inside and outside for each mode, and who gets most messages. */
export function NotifiedBars({ summary }: { readonly summary: PlanSummary }): JSX.Element {
  const counts = STANDARD_MODES.map((mode) => ({ mode, notified: notifiedIn(summary, mode) }));
  const most = Math.max(1, ...counts.map(({ notified }) => notified?.people ?? 0));
  const sends = (notifiedIn(summary, 'all')?.messages ?? 0) > 0;
  const top = sends ? summary.topRecipients.slice(0, summary.topDomains === undefined ? TOP : TOP_WITH_DOMAINS) : [];
  return (
    <section className="card padded hear" aria-label="Who would be notified, by mode">
      <div className="card-head">
        <h2>Who would be notified, by mode</h2>
        <span className="faint legend">
          <span>
            <i className="key fill-upd" /> internal
            <Explain term="Internal" means="People whose calendar is on the same server." />
          </span>
          <span>
            <i className="key fill-warn" /> external
            <Explain term="External" means="Everybody else: they would get mail." />
          </span>
        </span>
      </div>
      <div className={top.length > 0 ? 'split' : ''}>
        <div>
          <dl className="bars">
            {counts.map(({ mode, notified }) => (
              <div key={mode} className="fact">
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
        </div>
        {top.length > 0 && (
          <div className="top-recipients">
            <h3>Most messages, if everyone is notified</h3>
            <ol>
              {top.map(({ address, inside, messages }) => (
                <li key={address}>
                  <i className={inside ? 'key fill-upd' : 'key fill-warn'} />
                  <span className="ellipsis grow">{shortAddress(address)}</span>
                  <span className="dim">{plural(messages, 'message')}</span>
                </li>
              ))}
            </ol>
            <Domains summary={summary} />
          </div>
        )}
      </div>
    </section>
  );
}

function Bar({ inside, outside }: { readonly inside: number; readonly outside: number }): JSX.Element {
  const share = (part: number): string => `${(part * 72).toFixed(2)}%`;
  return (
    <>
      {inside > 0 && <i className="fill-upd" style={{ width: share(inside) }} />}
      {outside > 0 && <i className="fill-warn" style={{ width: share(outside) }} />}
      {inside + outside === 0 && <i className="none" />}
    </>
  );
}

/** What the messages say, if everyone is notified. */
function Kinds({ summary }: { readonly summary: PlanSummary }): JSX.Element | null {
  const words = kindWords(summary.kinds?.all);
  if (words === '' || (notifiedIn(summary, 'all')?.messages ?? 0) === 0) return null;
  return <p className="kinds dim">If everyone is notified: {words}.</p>;
}

function Domains({ summary: { topDomains = [] } }: { readonly summary: PlanSummary }): JSX.Element | null {
  if (topDomains.length === 0) return null;
  return (
    <p className="kinds dim ellipsis">
      {topDomains
        .slice(0, TOP)
        .map(({ domain, messages }) => `${domain} ${formatNumber(messages)}`)
        .join(' · ')}
    </p>
  );
}
