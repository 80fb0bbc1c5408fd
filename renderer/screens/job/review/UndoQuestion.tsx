import { Button } from '@mantine/core';
import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { STANDARD_MODES, type SchedulingMode, type StandardMode } from '../../../../shared/model/scheduling.ts';
import { Chip } from '../../../components/Chip.tsx';
import { Note } from '../../../components/Notice.tsx';
import { useFlow } from '../../../stores/job/flow.ts';
import { modeNumbers, modeTone, notifiedIn } from '../../../words/modes.ts';
import { chosenWords, UNDO_WORDS, undoesWords } from '../../../words/undo.ts';
import { classes } from '../../../components/classes.ts';
import { DialogButtons } from '../../../components/frame/DialogButtons.tsx';
import parts from '../../../components/parts.module.css';
import notice from '../../../components/notice.module.css';
import fields from '../../../components/fields.module.css';
import styles from '../decide/decide.module.css';

interface UndoQuestionProps {
  readonly summary: PlanSummary;
}

/** The run told people: who shall hear that it is taken back? Nothing is shown as decided before it was answered. */
export function UndoQuestion({ summary }: UndoQuestionProps): JSX.Element {
  const { considered: mode, consider, tellUndo } = useFlow();
  return (
    <form
      className={classes(parts.card, parts.padded, 'stack')}
      aria-label="Who should be notified of the undo?"
      data-testid="undo-question"
      onSubmit={(event) => {
        event.preventDefault();
        if (mode !== null) void tellUndo(mode);
      }}
    >
      <Note tone="warn">
        <div className={notice.what}>{undoesWords(summary)}</div>
        <div className={notice.said}>
          A message that was sent cannot be undone; it can only be followed by another one.
        </div>
      </Note>
      <fieldset className={styles.modes}>
        <legend className={styles.wide}>Who should be notified of the undo?</legend>
        {STANDARD_MODES.map((one) => (
          <Answer
            key={one}
            mode={one}
            summary={summary}
            checked={mode === one}
            choose={() => {
              consider(one);
            }}
          />
        ))}
      </fieldset>
      <DialogButtons>
        <Button type="submit" variant="filled" disabled={mode === null}>
          Show what would be undone
        </Button>
      </DialogButtons>
    </form>
  );
}

interface AnswerProps extends UndoQuestionProps {
  readonly mode: StandardMode;
  readonly checked: boolean;
  readonly choose: () => void;
}

function Answer({ mode, summary, checked, choose }: AnswerProps): JSX.Element {
  const verdict = summary.verdicts[mode];
  const notified = notifiedIn(summary, mode);
  const same = summary.undoes?.mode === mode;
  return (
    <label
      className={classes(parts.card, styles.mode, checked ? styles.on : '', notified === null ? styles.off : '')}
      data-testid={`undo-${mode}`}
    >
      <input
        type="radio"
        className={fields.radio}
        name="undo"
        checked={checked}
        disabled={notified === null}
        onChange={choose}
      />
      <span className={styles.inner}>
        <span className={styles.name}>
          {UNDO_WORDS[mode].title} <code>{mode}</code>
        </span>
        <span className={styles.text}>{notified === null ? verdict.because : UNDO_WORDS[mode].says}</span>
        <span className={styles.numbers}>
          {notified === null ? (
            <Chip tone="bad">not possible here</Chip>
          ) : (
            <Chip tone={modeTone(mode, notified)}>{modeNumbers(mode, notified)}</Chip>
          )}
          {same && <Chip tone="same">as the run did</Chip>}
        </span>
      </span>
    </label>
  );
}

/** What was answered, and the way back to the question. */
export function UndoAnswer({ summary, mode }: UndoQuestionProps & { readonly mode: SchedulingMode }): JSX.Element {
  const askAgain = useFlow((state) => state.askAgain);
  return (
    <Note tone="info" action={{ label: 'Choose again', run: askAgain }}>
      {undoesWords(summary)} {chosenWords(mode)}
    </Note>
  );
}
