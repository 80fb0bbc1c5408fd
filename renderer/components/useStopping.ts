import { useState } from 'react';

/** What a dialog needs that asks before a job is stopped. */
interface StopQuestion {
  readonly opened: boolean;
  readonly no: string;
  readonly onClose: () => void;
  readonly onYes: () => void;
}

/** A job is stopped when a person has said yes; requests in progress are finished first, so that it takes a while. */
export function useStopping(stop: () => Promise<void>): {
  readonly stopping: boolean;
  readonly ask: () => void;
  readonly question: StopQuestion;
} {
  const [phase, setPhase] = useState<'runs' | 'asks' | 'stops'>('runs');
  return {
    stopping: phase === 'stops',
    ask: () => {
      setPhase('asks');
    },
    question: {
      opened: phase === 'asks',
      no: 'Keep going',
      onClose: () => {
        setPhase('runs');
      },
      onYes: () => {
        setPhase('stops');
        void stop();
      },
    },
  };
}
