import { IconCheck } from '@tabler/icons-react';
import type { JSX } from 'react';
import { classes } from '../classes.ts';
import styles from './steps.module.css';

interface StepsProps<S extends string> {
  readonly steps: readonly { readonly id: S; readonly label: string }[];
  readonly now: S;
  /** Steps a person may go back to. */
  readonly open: readonly S[];
  readonly go: (step: S) => void;
  /** The step that a person is at has ended. */
  readonly ended?: boolean;
}

export function Steps<S extends string>({ steps, now, open, go, ended = false }: StepsProps<S>): JSX.Element {
  const at = steps.findIndex((step) => step.id === now);
  return (
    <ol className={styles.steps} aria-label="Steps">
      {steps.map((step, index) => {
        const isNow = index === at;
        const state = index < at || (isNow && ended) ? 'done' : isNow ? 'now' : 'later';
        const content = (
          <>
            <b aria-hidden>{state === 'done' ? <IconCheck size={12} stroke={2.6} /> : index + 1}</b>
            {step.label}
            {state === 'done' && <span className="visually-hidden">, done</span>}
          </>
        );
        return (
          <li
            key={step.id}
            className={classes(styles.step, state !== 'later' && styles[state])}
            aria-current={isNow ? 'step' : undefined}
          >
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
