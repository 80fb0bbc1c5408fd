import type { JSX } from 'react';
import { useResume } from '../stores/resume.ts';
import { Consent } from './Consent.tsx';

/** Asks for the number before a run goes on that has still to send messages. */
export function ResumeConsent(): JSX.Element | null {
  const { waiting, close } = useResume();
  if (waiting === null) return null;
  return (
    <Consent
      title="People are told when it goes on"
      messages={waiting.messages}
      says="They are left of what this run was to send. What it sent before is not sent again."
      stops={[]}
      onClose={close}
      onYes={() => {
        close();
        void waiting.go(waiting.messages);
      }}
    />
  );
}
