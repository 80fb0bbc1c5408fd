import type { JSX } from 'react';
import { targetOfRun } from '../stores/write-target.ts';
import { useResume } from '../stores/resume.ts';
import { useServers } from '../stores/servers.ts';
import { Consent } from './Consent.tsx';

/** Asks for the number before a run goes on that has still to send messages. */
export function ResumeConsent(): JSX.Element | null {
  const { waiting, close } = useResume();
  const servers = useServers((state) => state.list) ?? [];
  if (waiting === null) return null;
  return (
    <Consent
      title="Resuming notifies people"
      messages={waiting.messages}
      says="They are the rest of what this run was to send; nothing is sent twice."
      target={waiting.run === null ? null : targetOfRun(waiting.run, servers)}
      stops={[]}
      onClose={close}
      onYes={() => {
        close();
        void waiting.go(waiting.messages);
      }}
    />
  );
}
