import type { JSX, ReactNode } from 'react';
import fields from '../../../components/fields.module.css';

interface ChoiceProps {
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  /** Below the label, e.g. a list to choose from. */
  readonly children?: ReactNode;
  readonly choose: () => void;
}

/** One radio with its explanation beside it. */
export function Choice({ name, label, hint, checked, disabled = false, children, choose }: ChoiceProps): JSX.Element {
  return (
    <label className={fields.choice} data-off={disabled}>
      <input
        type="radio"
        className={fields.radio}
        name={name}
        checked={checked}
        disabled={disabled}
        onChange={choose}
      />
      <span className={fields.label}>
        {label} {hint !== undefined && <span className={fields.hint}>{hint}</span>}
        {children}
      </span>
    </label>
  );
}
