import { randomBytes } from 'node:crypto';
import { HushError, toFailure, type Failure } from '../../shared/model/failure.ts';
import type { PracticeCalls, PracticeListener } from '../practice/apart.ts';
import type { PracticeInfo } from '../practice/info.ts';
import { join, type Remote } from '../processes/calls.ts';
import { endChild, type Child } from '../processes/child.ts';
import type { PracticeControl } from './ports.ts';

/** The user whose calendars are the target of a first try. */
const USER = 'alice';

const ENDED: Failure = {
  code: 'PRACTICE_NOT_RUNNING',
  message: 'The practice server has ended unexpectedly. Its calendars are kept: choose “Start again” under Practice.',
  reaction: 'fix-input',
};
const NOT_STARTED: Failure = {
  code: 'PRACTICE_NOT_RUNNING',
  message: 'The practice server could not be started. Choose “Start again” under Practice.',
  reaction: 'fix-input',
};

export interface PracticeRoom {
  readonly practice: PracticeControl;
  /** Resolves when it is known whether it runs. */
  start(): Promise<void>;
  close(): Promise<void>;
}

interface PracticeRoomOptions {
  readonly dataDir: string;
  /** The port of the last start; null on the first one. */
  readonly port: number | null;
  /** The password of its users; random when empty or absent. */
  readonly password: string | undefined;
  /** What the address of its controls holds; random when empty or absent. */
  readonly token: string | undefined;
  /** Starts a process in which `servePractice` runs. */
  readonly fork: () => Child;
  /** Hears of it when something was captured or stored, and when the server began or ended. */
  readonly changed: () => void;
  /** Hears where it listens: asked for again at the next start, so that a run on it can be resumed. */
  readonly listens: (port: number) => Promise<void>;
}

/** What is known of the process while it runs. */
interface Running {
  readonly child: Child;
  readonly remote: Remote<PracticeCalls>;
}

/**
 * The practice server that belongs to the window, in a process of its own. That it cannot start, or has ended, costs the
 * window nothing but the server: it is said where it is asked, until it is started again under the same address, with the
 * same password.
 */
export function openPractice(options: PracticeRoomOptions): PracticeRoom {
  const server = new PracticeProcess(options);
  return {
    practice: {
      connection: () => server.connection(),
      trouble: () => server.trouble,
      state: async () => {
        const { users, ...state } = await server.remote.ask('state');
        const calendars = (user: (typeof users)[number]) =>
          user.calendars.map((calendar) => ({ ...calendar, components: [...calendar.components] }));
        return { ...state, users: users.map((user) => ({ ...user, calendars: calendars(user) })) };
      },
      clearMessages: async () => server.remote.ask('clearMessages'),
      reset: async () => server.remote.ask('reset'),
      startAgain: () => server.start(),
    },
    start: () => server.start(),
    close: () => server.close(),
  };
}

class PracticeProcess {
  /** Why it is not running; null while it is. */
  trouble: Failure | null = null;
  readonly #options: PracticeRoomOptions;
  readonly #password: string;
  readonly #token: string;
  #running: Running | null = null;
  #starting: Promise<void> | null = null;
  #info: PracticeInfo | null = null;
  #closing = false;

  constructor(options: PracticeRoomOptions) {
    this.#options = options;
    // Ours, so that a server that is started again is the same one for whoever has logged in.
    this.#password = given(options.password) ?? randomBytes(12).toString('base64url');
    this.#token = given(options.token) ?? randomBytes(18).toString('base64url');
  }

  /** Throws HushError while it does not run. */
  get remote(): Remote<PracticeCalls> {
    if (this.#running === null) throw new HushError(this.trouble ?? NOT_STARTED);
    return this.#running.remote;
  }

  /** Unless it runs. Whether it does afterwards is said by `trouble`. */
  start(): Promise<void> {
    this.#starting ??= this.#begin().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  connection(): ReturnType<PracticeControl['connection']> {
    const port = String(this.#options.port ?? 0);
    return { url: `${this.#info?.base_url ?? `http://127.0.0.1:${port}`}/`, user: USER, password: this.#password };
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#running === null) return;
    const { child, remote } = this.#running;
    await endChild(child, remote.ask('close'));
  }

  async #begin(): Promise<void> {
    if (this.#running !== null) return;
    const { dataDir, port, changed, listens } = this.#options;
    const child = this.#options.fork();
    const heard: PracticeListener = { changed };
    const running = { child, remote: join<PracticeCalls>(child, heard) };
    void child.ended.then(() => {
      this.#ended(running);
    });
    try {
      const wanted = this.#info === null ? (port ?? 0) : portOf(this.#info);
      this.#info = await running.remote.ask('start', {
        dataDir,
        port: wanted,
        password: this.#password,
        token: this.#token,
      });
      this.#running = running;
      this.trouble = null;
      changed();
      // Kept at once: a program that is killed must find its practice server again, too.
      await listens(portOf(this.#info));
    } catch (thrown) {
      child.kill();
      this.trouble = { ...NOT_STARTED, detail: toFailure(thrown).message };
    }
  }

  #ended(running: Running): void {
    running.remote.end(ENDED);
    if (this.#running !== running) return;
    this.#running = null;
    if (this.#closing) return;
    this.trouble = ENDED;
    this.#options.changed();
  }
}

function given(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function portOf({ base_url: url }: PracticeInfo): number {
  return Number(new URL(url).port);
}
