import type { JSX } from 'react';
import type { BatchMember, BatchSummary } from '../../../shared/model/batch/batch.ts';
import { messagesOfBatch } from '../../../shared/model/consent.ts';
import { Consent } from '../../components/Consent.tsx';
import { useWriteTarget } from '../../components/frame/useWriteTarget.ts';
import { notifiedOf } from '../../words/batch.ts';
import { recipientWords } from '../../words/consent.ts';

interface BatchToConsent {
  readonly summary: BatchSummary;
  readonly members: readonly BatchMember[];
}

/** Whether consent takes more than the press of a button: somebody is told, or a stop must be waved on. */
export function needsBatchDialog({ summary, members }: BatchToConsent): boolean {
  return messagesOfBatch(members) > 0 || summary.stops.length > 0;
}

interface BatchConsentProps extends BatchToConsent {
  readonly onClose: () => void;
  /** With the number that was typed, or null where none was asked for. */
  readonly onYes: (messages: number | null) => void;
}

export function BatchConsent({ summary, members, onClose, onYes }: BatchConsentProps): JSX.Element {
  const messages = messagesOfBatch(members);
  const target = useWriteTarget();
  return (
    <Consent
      title={summary.kind === 'announce' ? 'Notify external guests, once' : 'People are notified'}
      messages={messages}
      says={recipientWords(notifiedOf(summary))}
      target={target}
      stops={summary.stops}
      onClose={onClose}
      onYes={() => {
        onYes(messages === 0 ? null : messages);
      }}
    />
  );
}
