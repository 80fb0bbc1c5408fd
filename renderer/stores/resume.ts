import { create } from 'zustand';
import { call } from '../bridge/client.ts';

/** A run or a batch that goes on when the number of the messages that it has still to send was typed. */
interface Waiting {
  readonly messages: number;
  readonly go: (typedMessages: number) => Promise<void>;
}

interface ResumeState {
  readonly waiting: Waiting | null;
  /** Goes on at once where no message is left, else when the number was typed. */
  readonly ask: (id: string, go: (typedMessages: number | null) => Promise<void>) => Promise<void>;
  readonly close: () => void;
}

export const useResume = create<ResumeState>()((set) => ({
  waiting: null,
  async ask(id, go) {
    set({ waiting: null });
    let messages = 0;
    try {
      ({ messages } = await call('run.messages_left', { runId: id }));
    } catch {
      // What keeps it from being read keeps it from being resumed, and is said there.
    }
    if (messages > 0) set({ waiting: { messages, go } });
    else await go(null);
  },
  close() {
    set({ waiting: null });
  },
}));
