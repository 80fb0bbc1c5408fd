import { IconChevronDown, IconLoader2 } from '@tabler/icons-react';
import { useState, type JSX, type ReactNode } from 'react';
import { PANEL_WORDS, type Tense } from '../../words/effect.ts';
import { classes } from '../classes.ts';
import parts from '../parts.module.css';
import consequences from '../consequences.module.css';

interface FrameProps {
  readonly tense: Tense;
  /** What is being worked out while the numbers are not final; null when they are. */
  readonly busy: string | null;
  readonly children: ReactNode;
}

/** The panel beside each step. In a narrow window it is a strip on top: the number, and the rest on demand. */
export function ConsequenceFrame({ tense, busy, children }: FrameProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const { title } = PANEL_WORDS[tense];
  return (
    <aside className={classes(consequences.consequences, open && consequences.open)} aria-label={title}>
      <h2>
        {title}
        {busy !== null && (
          <span className={consequences.busy} role="status">
            <IconLoader2 size={13} className={parts.spin} aria-hidden /> {busy}
          </span>
        )}
      </h2>
      <button
        type="button"
        className={classes(consequences.stripMore, parts.link, 'row')}
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {open ? 'Less' : 'More'}
        <IconChevronDown size={14} aria-hidden />
      </button>
      {children}
    </aside>
  );
}
