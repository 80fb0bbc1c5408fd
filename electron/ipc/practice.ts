import { startPractice, type PracticeServer } from '../practice/server.ts';
import type { Practice } from './ports.ts';

/** Changes come in bursts of one per request; the window needs to know at most this often. */
const QUIET_MS = 150;
/** The user whose calendars are the target of a first try. */
const USER = 'alice';

export interface PracticeRoom {
  readonly practice: Practice;
  /** Where it listens: asked for again at the next start, so that a run on it can be resumed. */
  readonly port: number;
  close(): Promise<void>;
}

export interface PracticeRoomOptions {
  readonly dataDir: string;
  /** The port of the last start; null on the first one. */
  readonly port: number | null;
  /** The password of its users; random when empty or absent. */
  readonly password: string | undefined;
  /** What the address of its controls holds; random when empty or absent. */
  readonly token: string | undefined;
  readonly sampleBackup: Practice['sampleBackup'];
  readonly sampleNights: Practice['sampleNights'];
  readonly sampleMailboxes: Practice['sampleMailboxes'];
  /** Hears of it when something was captured or stored: how many messages there are. */
  readonly changed: (messages: number) => void;
}

/** Starts the practice server that belongs to the window. */
export async function openPractice(options: PracticeRoomOptions): Promise<PracticeRoom> {
  const { sampleBackup, sampleNights, sampleMailboxes, changed } = options;
  const server = await startOn(options);
  const stopListening = server.onChange(
    quietly(() => {
      changed(server.messages().length);
    }),
  );
  return {
    practice: {
      connection: () => connectionOf(server),
      state: () => Promise.resolve(viewOf(server)),
      clearMessages: () => {
        server.clearMessages();
        return Promise.resolve();
      },
      reset: () => {
        server.reset();
        return Promise.resolve();
      },
      sampleBackup,
      sampleNights,
      sampleMailboxes,
    },
    port: Number(new URL(server.info.base_url).port),
    close: () => {
      stopListening();
      return server.close();
    },
  };
}

/** On the wanted port; on a free one when somebody else has taken it; in memory when its folder cannot be used. */
async function startOn({ dataDir, port, password = '', token = '' }: PracticeRoomOptions): Promise<PracticeServer> {
  const options = { dataDir, ...(password === '' ? {} : { password }), ...(token === '' ? {} : { token }) };
  return startPractice({ ...options, port: port ?? 0 })
    .catch(() => startPractice(options))
    .catch(() => startPractice());
}

function connectionOf({ info }: PracticeServer): ReturnType<Practice['connection']> {
  const user = info.users.find((entry) => entry.user === USER) ?? info.users[0];
  return { url: `${info.base_url}/`, user: user?.user ?? USER, password: user?.password ?? '' };
}

function viewOf(server: PracticeServer): Awaited<ReturnType<Practice['state']>> {
  const { url, users, messages } = server.state();
  const calendars = (user: (typeof users)[number]) =>
    user.calendars.map((calendar) => ({ ...calendar, components: [...calendar.components] }));
  return { url, users: users.map((user) => ({ ...user, calendars: calendars(user) })), messages };
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
