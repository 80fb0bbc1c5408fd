import type { Copy, Effects, Notice } from './draft-table.ts';
import { DAN, ERIN, startOf } from './draft-table.ts';
import type { CapturedMail, RunningServer, ServerUser } from './harness.ts';
import { readComponents, valueOf } from './line-reader.ts';
import type { Component } from './line-reader.ts';
import { plainClient } from './plain-http.ts';

/** What looking needs of a server: a started one has more. */
export interface Watched {
  readonly description: { readonly base_url: string };
  user(name: string): Pick<ServerUser, 'user' | 'password' | 'calendar' | 'inbox'>;
  mail(): Promise<readonly Mail[]>;
}

type Mail = Pick<CapturedMail, 'to' | 'method' | 'uid'>;

/** Looks from outside at what a request of alice did to everybody else, for one UID. */
export async function observe(server: Watched, uid: string): Promise<Effects> {
  const mail = (await server.mail()).filter((message) => message.uid === uid);
  return {
    bobCalendar: copyIn(await objectsOf(server, 'bob', 'calendar', uid)),
    carolCalendar: copyIn(await objectsOf(server, 'carol', 'calendar', uid)),
    bobInbox: noticeOf((await objectsOf(server, 'bob', 'inbox', uid)).map((one) => valueOf(one, 'METHOD') ?? '')),
    mailToDan: noticeOf(methodsTo(mail, DAN)),
    mailToErin: noticeOf(methodsTo(mail, ERIN)),
  };
}

/** The VCALENDARs of a user's calendar or inbox that hold the UID. */
export async function objectsOf(
  server: Watched,
  name: string,
  where: 'calendar' | 'inbox',
  uid: string,
): Promise<readonly Component[]> {
  const user = server.user(name);
  const collection = user[where];
  if (collection === undefined) return [];
  const bodies = await plainClient(server, user).readAll(collection);
  return [...bodies.values()]
    .flatMap((body) => readComponents(body))
    .filter((calendar) => calendar.components.some((one) => valueOf(one, 'UID') === uid));
}

/** Empties calendars and inboxes and forgets the mail, without telling anyone. */
export async function emptyEverything(server: RunningServer): Promise<void> {
  for (const user of server.description.users) {
    const client = plainClient(server, user);
    for (const collection of [user.calendar, user.inbox ?? '']) {
      if (collection === '') continue;
      for (const path of await client.list(collection)) {
        const { status } = await client.request('DELETE', path, { headers: { 'Scheduling-Enabled': 'F' } });
        if (status >= 300) throw new Error(`DELETE ${path}: ${status}`);
      }
    }
  }
  await server.clearMail();
}

function copyIn(calendars: readonly Component[]): Copy {
  const [event, ...others] = calendars
    .flatMap((calendar) => calendar.components)
    .filter((one) => one.name === 'VEVENT');
  if (others.length > 0) throw new Error(`one event expected, found ${others.length + 1}`);
  if (event === undefined) return 'absent';
  if (valueOf(event, 'STATUS') === 'CANCELLED') return 'cancelled';
  const start = valueOf(event, 'DTSTART');
  if (start === startOf('first')) return 'first';
  if (start === startOf('second')) return 'second';
  throw new Error(`an event that starts at ${start ?? 'no time'} is neither version`);
}

function methodsTo(mail: readonly Mail[], address: string): readonly string[] {
  const bare = address.replace(/^mailto:/, '');
  return mail
    .filter(({ to }) => to.some((one) => one.toLowerCase() === bare))
    .map(({ method }) => method.toUpperCase());
}

function noticeOf(methods: readonly string[]): Notice {
  const [method = 'none', ...others] = methods;
  if (others.length > 0) throw new Error(`one message expected, found ${methods.join(', ')}`);
  if (method === 'none' || method === 'REQUEST' || method === 'CANCEL') return method;
  throw new Error(`unexpected message: ${method}`);
}
