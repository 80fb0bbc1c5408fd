import type { JSX, ReactNode } from 'react';
import { classes } from '../classes.ts';
import frame from './frame.module.css';

interface PageProps {
  readonly title: string;
  readonly sub?: ReactNode;
  readonly actions?: ReactNode;
  /** Between the title and the body: steps, or a sentence. */
  readonly under?: ReactNode;
  readonly foot?: ReactNode;
  /** The body keeps its height and its parts scroll. */
  readonly fixed?: boolean;
  readonly children: ReactNode;
}

/** The middle of the window: title, body that scrolls, bar with the buttons. */
export function Page({ title, sub, actions, under, foot, fixed = false, children }: PageProps): JSX.Element {
  return (
    <main className={frame.page} id="page" tabIndex={-1} aria-label={title}>
      <div className={frame.top}>
        <div className={frame.title}>
          <h1>{title}</h1>
          {sub !== undefined && <span className={frame.sub}>{sub}</span>}
          {actions !== undefined && <div className={frame.actions}>{actions}</div>}
        </div>
        {under}
      </div>
      <div className={classes(frame.body, fixed && frame.fixed)} data-testid="page-body">
        {children}
      </div>
      {foot !== undefined && (
        <div className={frame.footBar} data-testid="page-foot">
          {foot}
        </div>
      )}
    </main>
  );
}
