import { Button } from '@mantine/core';
import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { STANDARD_MODES, type SchedulingMode, type StandardMode } from '../../../../shared/model/scheduling.ts';
import { Chip } from '../../../components/Chip.tsx';
import { Note } from '../../../components/Notice.tsx';
import { useFlow } from '../../../stores/job/flow.ts';
import { modeNumbers, modeTone, notifiedIn } from '../../../words/modes.ts';
import { chosenWords, UNDO_WORDS, undoesWords } from '../../../words/undo.ts';

interface UndoQuestionProps {
  readonly summary: PlanSummary;
}

/** The run told people: who shall hear that it is taken back? Nothing is shown as decided before it was answered. */
export function UndoQuestion({ summary }: UndoQuestionProps): JSX.Element {
  const { considered: mode, consider, tellUndo } = useFlow();
  return (
    <form
      className="card padded stack"
      aria-label="Who should be notified of the undo?"
      data-testid="undo-question"
      onSubmit={(event) => {
        event.preventDefault();
        if (mode !== null) void tellUndo(mode);
      }}
    >
      <Note tone="warn">
        <div className="what">{undoesWords(summary)}</div>
        <div className="said">A message that was sent cannot be undone; it can only be followed by another one.</div>
      </Note>
      <fieldset className="modes">
        <legend className="wide">Who should be notified of the undo?</legend>
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
      <div className="row dialog-buttons">
        <Button type="submit" variant="filled" disabled={mode === null}>
          Show what would be undone
        </Button>
      </div>
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
      className={`card mode ${checked ? 'on' : ''} ${notified === null ? 'off' : ''}`}
      data-testid={`undo-${mode}`}
    >
      <input
        type="radio"
        className="radio"
        name="undo"
        checked={checked}
        disabled={notified === null}
        onChange={choose}
      />
      <span className="inner">
        <span className="name">
          {UNDO_WORDS[mode].title} <code>{mode}</code>
        </span>
        <span className="text">{notified === null ? verdict.because : UNDO_WORDS[mode].says}</span>
        <span className="numbers">
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
