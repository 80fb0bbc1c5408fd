import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { Note } from '../../../components/Notice.tsx';
import { blockedGroups, MODE_WORDS } from '../../../words/modes.ts';
import { listWords } from '../../../words/format.ts';

/** For assistive technology: what the cards of blocked answers are described by. */
export const BLOCKED_ID = 'why-blocked';

/** Why some answers cannot be given here, and the ways around, said once for all of them. */
export function Blocked({ summary }: { readonly summary: PlanSummary }): JSX.Element | null {
  const groups = blockedGroups(summary);
  if (groups.length === 0) return null;
  return (
    <div id={BLOCKED_ID} className="stack" data-testid="blocked">
      {groups.map(({ modes, because, alternatives }) => (
        <Note key={modes.join()} tone="warn">
          <div className="what">{because}</div>
          <p className="said">
            Not possible here: {listWords(modes.map((mode) => `“${MODE_WORDS[mode].title}”`))}.
            {alternatives.length > 0 && ' Instead, you can:'}
          </p>
          {alternatives.length > 0 && (
            <ul className="ways">
              {alternatives.map((way) => (
                <li key={way}>{way}</li>
              ))}
            </ul>
          )}
        </Note>
      ))}
    </div>
  );
}
