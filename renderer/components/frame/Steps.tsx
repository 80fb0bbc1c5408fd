import { IconCheck } from '@tabler/icons-react';
import type { JSX } from 'react';

interface StepsProps<S extends string> {
  readonly steps: readonly { readonly id: S; readonly label: string }[];
  readonly now: S;
  /** Steps a person may go back to. */
  readonly open: readonly S[];
  readonly go: (step: S) => void;
}

export function Steps<S extends string>({ steps, now, open, go }: StepsProps<S>): JSX.Element {
  const at = steps.findIndex((step) => step.id === now);
  return (
    <ol className="steps" aria-label="Steps">
      {steps.map((step, index) => {
        const state = index < at ? 'done' : index === at ? 'now' : 'later';
        const content = (
          <>
            <b aria-hidden>{state === 'done' ? <IconCheck size={12} stroke={2.6} /> : index + 1}</b>
            {step.label}
            {state === 'done' && <span className="visually-hidden">, done</span>}
          </>
        );
        return (
          <li key={step.id} className={`step ${state}`} aria-current={state === 'now' ? 'step' : undefined}>
            {index < at && open.includes(step.id) ? (
              <button
                type="button"
                onClick={() => {
                  go(step.id);
                }}
              >
                {content}
              </button>
            ) : (
              content
            )}
            {index < steps.length - 1 && <i aria-hidden />}
          </li>
        );
      })}
    </ol>
  );
}
