import type { JSX } from 'react';
import type { BatchSummary } from '../../../shared/model/batch.ts';
import { Consent } from '../../components/Consent.tsx';
import { notifiedOf } from '../../words/batch.ts';

/** Whether consent takes more than the press of a button: somebody is told, or a stop must be waved on. */
export function needsBatchDialog(summary: BatchSummary): boolean {
  return notifiedOf(summary).people > 0 || summary.stops.length > 0;
}

interface BatchConsentProps {
  readonly summary: BatchSummary;
  readonly onClose: () => void;
  /** With the number that was typed, for mode `all`; else null. */
  readonly onYes: (messages: number | null) => void;
}

export function BatchConsent({ summary, onClose, onYes }: BatchConsentProps): JSX.Element {
  const notified = notifiedOf(summary);
  return (
    <Consent
      title={summary.kind === 'announce' ? 'Tell the guests outside, once' : 'People are told'}
      notified={notified.people > 0 ? notified : null}
      stops={summary.stops}
      onClose={onClose}
      onYes={() => {
        onYes(summary.asked === 'all' ? notified.messages : null);
      }}
    />
  );
}
