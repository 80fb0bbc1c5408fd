import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { STANDARD_MODES, type StandardMode } from '../../../../shared/model/scheduling.ts';
import { Chip } from '../../../components/Chip.tsx';
import { useDraft } from '../../../stores/job/draft.ts';
import { MODE_WORDS, modeNumbers, modeTone, notifiedIn } from '../../../words/modes.ts';
import { modeSays } from '../../../words/effect.ts';
import { BLOCKED_ID } from './Blocked.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fields from '../../../components/fields.module.css';
import styles from './decide.module.css';

/** The four answers to "Who should be notified?", with the numbers of the plan. */
export function ModeCards({ summary }: { readonly summary: PlanSummary | null }): JSX.Element {
  return (
    <fieldset className={styles.modes}>
      <legend className="visually-hidden">Who should be notified?</legend>
      {STANDARD_MODES.map((mode) => (
        <ModeCard key={mode} mode={mode} summary={summary} />
      ))}
    </fieldset>
  );
}

interface ModeCardProps {
  readonly mode: StandardMode;
  readonly summary: PlanSummary | null;
}

function ModeCard({ mode, summary }: ModeCardProps): JSX.Element {
  const checked = useDraft((state) => state.mode === mode);
  const change = useDraft((state) => state.change);
  const verdict = summary?.verdicts[mode] ?? null;
  const blocked = verdict !== null && verdict.effective === null;
  return (
    <label
      className={classes(parts.card, styles.mode, checked ? styles.on : '', blocked ? styles.off : '')}
      data-testid={`mode-${mode}`}
    >
      <input
        type="radio"
        className={fields.radio}
        name="mode"
        value={mode}
        checked={checked}
        disabled={blocked}
        aria-describedby={blocked ? `says-${mode} ${BLOCKED_ID}` : `says-${mode}`}
        onChange={() => {
          change({ mode });
        }}
      />
      <span className={styles.inner}>
        <span className={styles.name}>{MODE_WORDS[mode].title}</span>
        <span className={styles.text} id={`says-${mode}`}>
          {modeSays(mode, verdict)}
        </span>
        <span className={styles.numbers}>
          <Numbers mode={mode} summary={summary} /> <code>{mode}</code>
        </span>
      </span>
    </label>
  );
}

function Numbers({ mode, summary }: ModeCardProps): JSX.Element {
  if (summary === null) return <Chip tone="same">counting…</Chip>;
  const notified = notifiedIn(summary, mode);
  if (notified === null) return <Chip tone="bad">not possible here</Chip>;
  if (summary.verdicts[mode].assurance === 'noScheduling')
    return <Chip tone="hush">0 messages: this server sends none</Chip>;
  return <Chip tone={modeTone(mode, notified)}>{modeNumbers(mode, notified)}</Chip>;
}
