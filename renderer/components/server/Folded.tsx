import { useState, type JSX, type ReactNode } from 'react';
import parts from '../parts.module.css';

interface FoldedProps {
  readonly title: string;
  /** Something in it was set before. */
  readonly isSet: boolean;
  readonly children: ReactNode;
}

/** What most people leave as it is: folded away until it is wanted. */
export function Folded({ title, isSet, children }: FoldedProps): JSX.Element {
  const [open, setOpen] = useState(isSet);
  return (
    <div className={parts.moreWays}>
      <button
        type="button"
        className={parts.link}
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {title}
      </button>
      {open && <div className="stack">{children}</div>}
    </div>
  );
}
