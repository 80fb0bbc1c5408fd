import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { Consent } from '../../../components/Consent.tsx';
import { notifiedToType } from '../../../words/consent.ts';

/** Whether the plan asks for more than the press of a button: somebody is told, or a safety stop must be waved on. */
export function needsDialog(summary: PlanSummary): boolean {
  return notifiedToType(summary) !== null || summary.stops.length > 0;
}

interface ConsentDialogProps {
  readonly summary: PlanSummary;
  readonly onClose: () => void;
  /** With the number that was typed, or null where none was asked for. */
  readonly onYes: (messages: number | null) => void;
}

export function ConsentDialog({ summary, onClose, onYes }: ConsentDialogProps): JSX.Element {
  const notified = notifiedToType(summary);
  return (
    <Consent
      title="Everybody is told"
      notified={notified}
      stops={summary.stops.filter((stop) => stop.override)}
      onClose={onClose}
      onYes={() => {
        onYes(notified?.messages ?? null);
      }}
    />
  );
}
