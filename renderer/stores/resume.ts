import { create } from 'zustand';
import type { BatchEntry } from '../../shared/model/batch/batch.ts';
import type { RunEntry } from '../../shared/model/kept/report.ts';
import { call } from '../bridge/client.ts';

/** A run or a batch that goes on when the number of the messages that it has still to send was typed. */
interface Waiting {
  /** Null: a batch, which shows its calendars itself. */
  readonly run: RunEntry | null;
  readonly messages: number;
  readonly go: (typedMessages: number) => Promise<void>;
}

interface ResumeState {
  readonly waiting: Waiting | null;
  /** Goes on at once where no message is left, else when the number was typed. */
  readonly ask: (job: RunEntry | BatchEntry, go: (typedMessages: number | null) => Promise<void>) => Promise<void>;
  readonly close: () => void;
}

export const useResume = create<ResumeState>()((set) => ({
  waiting: null,
  async ask(job, go) {
    const run = 'runId' in job ? job : null;
    const id = 'runId' in job ? job.runId : job.batchId;
    set({ waiting: null });
    let messages = 0;
    try {
      ({ messages } = await call('run.messages_left', { runId: id }));
    } catch {
      // What keeps it from being read keeps it from being resumed, and is said there.
    }
    if (messages > 0) set({ waiting: { run, messages, go } });
    else await go(null);
  },
  close() {
    set({ waiting: null });
  },
}));
