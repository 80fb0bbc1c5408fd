import type { JSX, ReactNode } from 'react';

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
    <main className="page" id="page" tabIndex={-1} aria-label={title}>
      <div className="top">
        <div className="title">
          <h1>{title}</h1>
          {sub !== undefined && <span className="sub">{sub}</span>}
          {actions !== undefined && <div className="actions">{actions}</div>}
        </div>
        {under}
      </div>
      <div className={fixed ? 'body fixed' : 'body'}>{children}</div>
      {foot !== undefined && <div className="foot-bar">{foot}</div>}
    </main>
  );
}
