import type { PracticeServer } from '../../electron/practice/server.ts';
import type { Watched } from '../servers/observe.ts';
import { plainClient } from '../servers/plain-http.ts';
import type { RunningApp } from './app.ts';

/** A practice server seen from outside by plain HTTP: calendars, inboxes, captured messages, faults. */
export interface WatchedPractice extends Watched {
  readonly origin: string;
  /** Mail and inbox items that were captured since the start. */
  messages(): Promise<readonly Captured[]>;
  clearMessages(): Promise<void>;
  /** Things that go wrong on purpose: see the practice server's README. */
  setFaults(faults: readonly object[]): Promise<void>;
  setDelay(delayMs: number): Promise<void>;
}

interface Captured {
  readonly method: string;
  readonly to: string;
  readonly uid: string;
  readonly kind: 'imip' | 'inbox';
}

/** The practice server of the app under test. */
export async function watchAppsPractice(app: RunningApp): Promise<WatchedPractice> {
  const { url, users } = await app.ask('practice.state', {});
  const calendars = new Map(users.map(({ user, calendars: [first] }) => [user, first?.url ?? '']));
  const { origin } = new URL(url);
  return watch(origin, `${origin}/_practice/${app.practiceToken}/`, app.practicePassword, calendars);
}

/** A practice server that the test has started itself. */
export function watchPractice({ info }: PracticeServer): WatchedPractice {
  const calendars = new Map(info.users.map(({ user, calendar }) => [user, info.base_url + calendar]));
  return watch(info.base_url, info.messages_url, info.admin.password, calendars);
}

/** What a user's first calendar on the practice server holds, by path. */
export async function readCalendar(practice: WatchedPractice, name: string): Promise<ReadonlyMap<string, string>> {
  const user = practice.user(name);
  const objects = await plainClient(practice, user).readAll(user.calendar);
  return new Map([...objects].map(([path, body]) => [path, body.toString()]));
}

/** `controls`: an address beside those of the controls. */
function watch(
  origin: string,
  controls: string,
  password: string,
  calendars: ReadonlyMap<string, string>,
): WatchedPractice {
  const messages = async (): Promise<readonly Captured[]> => {
    const answer = await fetch(new URL('messages', controls));
    // The shape is an interface: the job events of shared/model/job.ts.
    return (await answer.json()) as readonly Captured[];
  };
  const post = async (what: string, body: unknown): Promise<void> => {
    const answer = await fetch(new URL(what, controls), { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`POST ${what}: ${answer.status}`);
  };
  return {
    origin,
    description: { base_url: origin },
    user: (user) => {
      const calendar = new URL(calendars.get(user) ?? '', origin);
      return { user, password, calendar: calendar.pathname, inbox: new URL('../inbox/', calendar).pathname };
    },
    mail: async () =>
      (await messages())
        .filter(({ kind }) => kind === 'imip')
        .map((message) => ({ ...message, to: [bare(message.to)] })),
    messages,
    clearMessages: async () => {
      await fetch(new URL('messages', controls), { method: 'DELETE' });
    },
    setFaults: (faults) => post('faults', faults),
    setDelay: (delayMs) => post('delay', { delayMs }),
  };
}

function bare(address: string): string {
  return address.replace(/^mailto:/i, '');
}
