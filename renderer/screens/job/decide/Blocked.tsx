import { Button } from '@mantine/core';
import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { Note } from '../../../components/Notice.tsx';
import { planAnew } from '../../../stores/job/anew.ts';
import { useCanary } from '../../../stores/job/canary.ts';
import { useDraft } from '../../../stores/job/draft.ts';
import { useServers } from '../../../stores/servers.ts';
import {
  ASSUMPTION_WORDS,
  blockedGroups,
  MODE_WORDS,
  waysOut,
  WORKAROUND_WORDS,
  type BlockedGroup,
} from '../../../words/modes.ts';
import { daysHere, listWords } from '../../../words/format.ts';
import { classes } from '../../../components/classes.ts';
import notice from '../../../components/notice.module.css';
import styles from './decide.module.css';

/** For assistive technology: what the cards of blocked answers are described by. */
export const BLOCKED_ID = 'why-blocked';

/** Why some answers cannot be given here, and the ways around, said once for all of them. */
export function Blocked({ summary }: { readonly summary: PlanSummary }): JSX.Element | null {
  const groups = blockedGroups(summary);
  if (groups.length === 0) return null;
  return (
    <div id={BLOCKED_ID} className="stack" data-testid="blocked">
      {groups.map((group) => (
        <Group key={group.modes.join()} group={group} summary={summary} />
      ))}
    </div>
  );
}

function Group({ group, summary }: { readonly group: BlockedGroup; readonly summary: PlanSummary }): JSX.Element {
  const { modes, because, alternatives } = group;
  const chosen = useDraft((state) => state.mode);
  // Where the answer that was given is kept, what the others would do is no warning.
  const matters = modes.some((mode) => mode === chosen || mode === 'none');
  return (
    <Note tone={matters ? 'warn' : 'info'}>
      <div className={notice.what}>{daysHere(because)}</div>
      <p className={notice.said}>
        Not possible here: {listWords(modes.map((mode) => `“${MODE_WORDS[mode].title}”`))}.
        {alternatives.length > 0 && ' Instead:'}
      </p>
      {alternatives.length > 0 && (
        <ul className={notice.ways}>
          {alternatives.map((alternative) => (
            <li key={alternative}>{alternative}</li>
          ))}
        </ul>
      )}
      {modes.includes('none') && <WaysOut summary={summary} />}
    </Note>
  );
}

/** What a person can press to make "nobody is told" possible. */
function WaysOut({ summary }: { readonly summary: PlanSummary }): JSX.Element | null {
  const change = useDraft((state) => state.change);
  const ask = useCanary((state) => state.ask);
  const serverId = useDraft((state) => state.serverId);
  const assume = useServers((state) => state.assumeNoMailHook);
  const { workarounds, provable, assumable } = waysOut(summary.verdicts.none);
  if (workarounds.length === 0 && assumable.length === 0 && !provable) return null;
  return (
    <div className={classes('row wrap', styles.waysOut)}>
      {serverId !== null &&
        assumable.map((assumption) => (
          <Button
            key={assumption}
            size="xs"
            title={ASSUMPTION_WORDS[assumption].says}
            onClick={() => void assume(serverId, true).then(planAnew)}
          >
            {ASSUMPTION_WORDS[assumption].title}
          </Button>
        ))}
      {provable && (
        <Button size="xs" onClick={ask}>
          Try it with a test event…
        </Button>
      )}
      {workarounds.map((workaround) => (
        <Button
          key={workaround}
          size="xs"
          title={WORKAROUND_WORDS[workaround].says}
          onClick={() => {
            change({ workaround, mode: 'none' });
          }}
        >
          {WORKAROUND_WORDS[workaround].title}
        </Button>
      ))}
    </div>
  );
}

/** The way around that was chosen, what it does to the events, and the way back. */
export function ChosenWay(): JSX.Element | null {
  const workaround = useDraft((state) => state.workaround);
  const change = useDraft((state) => state.change);
  if (workaround === null) return null;
  const undoBatch = (): void => {
    change({ workaround: null });
  };
  return (
    <Note tone="warn" role="status" action={{ label: 'Do not do this', run: undoBatch }}>
      <div className={notice.what}>{WORKAROUND_WORDS[workaround].title}</div>
      <div className={notice.said}>{WORKAROUND_WORDS[workaround].says}</div>
    </Note>
  );
}
