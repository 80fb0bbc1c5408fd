import type { JSX } from 'react';
import { BackupsProgress } from '../../../components/BackupsProgress.tsx';
import { useFind } from '../../../stores/find.ts';

/** How far a search is: backup by backup. */
export function FindProgress(): JSX.Element {
  const progress = useFind((state) => state.progress);
  const { backup = 0, backups = 0, name = '', done = 0, of = 0 } = progress ?? {};
  const share = backups === 0 ? 0 : (Math.max(0, backup - 1) + (of === 0 ? 0 : done / of)) / backups;
  return <BackupsProgress {...{ backup, backups, name, done, of, share }} before="Opening the backups…" />;
}
