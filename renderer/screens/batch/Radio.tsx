import type { JSX } from 'react';

interface RadioProps {
  readonly label: string;
  readonly checked: boolean;
  readonly choose: () => void;
}

export function Radio({ label, checked, choose }: RadioProps): JSX.Element {
  return (
    <label className="choice">
      <input type="radio" className="radio" checked={checked} onChange={choose} />
      <span className="label">{label}</span>
    </label>
  );
}
