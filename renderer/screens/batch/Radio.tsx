import type { JSX } from 'react';
import fields from '../../components/fields.module.css';

interface RadioProps {
  readonly label: string;
  readonly checked: boolean;
  readonly choose: () => void;
}

export function Radio({ label, checked, choose }: RadioProps): JSX.Element {
  return (
    <label className={fields.choice}>
      <input type="radio" className={fields.radio} checked={checked} onChange={choose} />
      <span className={fields.label}>{label}</span>
    </label>
  );
}
