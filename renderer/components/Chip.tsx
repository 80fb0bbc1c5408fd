import type { JSX, ReactNode } from 'react';
import type { Tone } from '../words/modes.ts';

export function Chip({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): JSX.Element {
  return <span className={`chip ${tone}`}>{children}</span>;
}
