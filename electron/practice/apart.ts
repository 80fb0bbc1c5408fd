import { HushError } from '../../shared/model/failure.ts';
import { join, type Channel } from '../processes/calls.ts';
import { startPractice, type PracticeServer } from './server.ts';
import type { PracticeInfo } from './info.ts';
import type { PracticeState } from './state.ts';

/** Changes come in bursts of one per request; the window needs to know at most this often. */
const QUIET_MS = 150;
/** Messages that are shown one by one, the newest: a person reads no more, and a channel is no place for a hundred thousand. */
const MESSAGES_SHOWN = 500;

interface ApartOptions {
  readonly dataDir: string;
  /** The wanted port; 0: any. */
  readonly port: number;
  readonly password: string;
  readonly token: string;
}

/** As the server is now; of the messages the newest, and how many there are. */
interface ApartState extends PracticeState {
  readonly caught: number;
}

/** What a practice server in a process of its own does for the one that started it. */
export interface PracticeCalls {
  start(options: ApartOptions): Promise<PracticeInfo>;
  state(): ApartState;
  clearMessages(): void;
  reset(): Promise<void>;
  /** Resolves when everything is stored. */
  close(): Promise<void>;
}

/** What the process that started it hears. */
export interface PracticeListener {
  /** Something was captured or stored. */
  changed(): void;
}

/** Runs a practice server for the other side of a channel. Password and token come by it, and stand in no command line. */
export function servePractice(channel: Channel): void {
  let server: PracticeServer | null = null;
  const running = (): PracticeServer => {
    if (server !== null) return server;
    throw new HushError({ code: 'INTERNAL', message: 'The practice server was not started yet.', reaction: 'our-bug' });
  };
  const calls: PracticeCalls = {
    start: async (options) => {
      server = await startOn(options);
      server.onChange(
        quietly(() => {
          parent.tell('changed');
        }),
      );
      return server.info;
    },
    state: () => {
      const state = running().state();
      return { ...state, messages: state.messages.slice(-MESSAGES_SHOWN), caught: state.messages.length };
    },
    clearMessages: () => {
      running().clearMessages();
    },
    reset: () => {
      running().reset();
      return running().settled();
    },
    close: async () => {
      await running().close();
      await running().settled();
    },
  };
  const parent = join<PracticeListener>(channel, calls);
}

/** On the wanted port; on a free one when somebody else has taken it; in memory when its folder cannot be used. */
async function startOn({ dataDir, port, password, token }: ApartOptions): Promise<PracticeServer> {
  return startPractice({ dataDir, port, password, token })
    .catch(() => startPractice({ dataDir, password, token }))
    .catch(() => startPractice({ password, token }));
}

function quietly(work: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      work();
    }, QUIET_MS);
  };
}
