import type { JSX } from 'react';
import type { PlanSummary, SafetyStop } from '../../../shared/model/plan.ts';
import { Note } from '../../components/Notice.tsx';
import notice from '../../components/notice.module.css';

/** Why the plan may not run as it is. */
export function StopList({ stops }: { readonly stops: readonly SafetyStop[] }): JSX.Element | null {
  if (stops.length === 0) return null;
  return (
    <>
      {stops.map((stop) => (
        <Note key={stop.code} tone={stop.override ? 'warn' : 'bad'} role="alert">
          <div className={notice.what}>{stop.message}</div>
          {stop.override && (
            <div className={notice.said}>You can continue: you are asked to confirm this before the run.</div>
          )}
        </Note>
      ))}
    </>
  );
}

/** What else a person must know before the run. */
export function PlanNotes({ notes = [] }: { readonly notes: PlanSummary['notes'] }): JSX.Element {
  return (
    <>
      {notes.map((note) => (
        <Note key={note} tone="info">
          {note}
        </Note>
      ))}
    </>
  );
}
