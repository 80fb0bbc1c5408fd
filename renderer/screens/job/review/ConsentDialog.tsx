import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { Consent } from '../../../components/Consent.tsx';
import { useWriteTarget } from '../../../components/frame/useWriteTarget.ts';
import { notifiedByPlan } from '../../../../shared/model/consent.ts';
import { recipientWords } from '../../../words/consent.ts';
import { modeTitle } from '../../../words/modes.ts';

/** Whether the plan asks for more than the press of a button: somebody is told, or a safety stop must be waved on. */
export function needsDialog(summary: PlanSummary): boolean {
  return notifiedByPlan(summary).messages > 0 || summary.stops.length > 0;
}

interface ConsentDialogProps {
  readonly summary: PlanSummary;
  readonly onClose: () => void;
  /** With the number that was typed, or null where none was asked for. */
  readonly onYes: (messages: number | null) => void;
}

export function ConsentDialog({ summary, onClose, onYes }: ConsentDialogProps): JSX.Element {
  const notified = notifiedByPlan(summary);
  const target = useWriteTarget();
  return (
    <Consent
      title={modeTitle(summary.verdict.effective ?? summary.verdict.asked)}
      messages={notified.messages}
      says={recipientWords(notified)}
      target={target}
      stops={summary.stops.filter((stop) => stop.override)}
      onClose={onClose}
      onYes={() => {
        onYes(notified.messages === 0 ? null : notified.messages);
      }}
    />
  );
}
