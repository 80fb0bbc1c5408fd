import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchEvent, BatchEventOf } from '../../../../../shared/model/batch/batch.ts';
import type { Login } from '../../../../../shared/model/login.ts';
import type { MigrateSpec, Move } from '../../../../../shared/model/batch/migrate.ts';
import { Harness } from '../../../../practice/testing/harness.ts';
import type { PracticeOptions } from '../../../../practice/server.ts';
import type { BatchHandle, Connect, PreparedBatch } from '../../../batch/types.ts';
import { createEngine } from '../../../engine.ts';
import type { Engine } from '../../../engine.ts';
import { consentTo } from '../../testing/consent.ts';

/** An old server and a new one with the same people, an engine, and a mapping from one to the other. */
export interface Office {
  readonly old: Harness;
  readonly fresh: Harness;
  readonly dir: string;
  readonly runsDir: string;
  readonly engine: Engine;
  readonly connect: Connect;
  /** Moves of users' default calendars, from the old server. */
  moves(users: readonly string[], over?: Partial<Move>): readonly Move[];
  spec(users: readonly string[], over?: Partial<MigrateSpec>): MigrateSpec;
  /** Puts an event into a calendar of the old server; nobody hears of it. */
  keep(user: string, name: string, text: string): Promise<void>;
  plan(spec: MigrateSpec): Promise<PreparedBatch>;
  /** Plans and runs. */
  move(spec: MigrateSpec): Promise<Ended>;
  file(name: string, text: string): Promise<string>;
  close(): Promise<void>;
}

export interface Ended {
  readonly batchId: string;
  readonly events: readonly BatchEvent[];
  readonly settled: BatchEventOf<'settled'>;
}

export async function openOffice(users: readonly string[], fresh: PracticeOptions = {}): Promise<Office> {
  const old = await Harness.start({ users });
  const target = await Harness.start({ users, ...fresh });
  const dir = await mkdtemp(join(tmpdir(), 'hushcal-office-'));
  const runsDir = join(dir, 'runs');
  const engine = createEngine({ runsDir, tempDir: join(dir, 'temp'), now: () => new Date() });
  const connect: Connect = ({ url, actor }) => {
    const { password } = (url.startsWith(old.server.info.base_url) ? old : target).server.info.admin;
    return { url, user: actor, concurrency: 4, password: () => Promise.resolve(password) };
  };
  const urlOn = (server: Harness, user: string): string =>
    new URL(server.calendar(user), server.server.info.base_url).href;
  const loginOn = (server: Harness, user: string): Login => ({
    url: urlOn(server, user),
    user,
    way: 'own',
    actor: user,
    credential: 'password',
    secret: 'HUSHCAL_NEW',
  });
  const moves: Office['moves'] = (names, over = {}) =>
    names.map((user, at) => ({
      line: at + 2,
      mailbox: user,
      from: { kind: 'server', url: urlOn(old, user), login: loginOn(old, user) },
      to: loginOn(target, user),
      calendarUrl: urlOn(target, user),
      calendarName: 'Calendar',
      makes: false,
      identity: { kind: 'server' },
      mode: 'auto',
      ...over,
    }));
  const spec: Office['spec'] = (names, over = {}) => ({
    moves: moves(names),
    mode: 'auto',
    onConflict: 'newer',
    insideDomains: [],
    shard: null,
    pass: 'both',
    limits: { members: 2, perOrigin: 8, stopAfter: null, hours: null },
    after: null,
    deleteGone: false,
    ...over,
  });
  const plan: Office['plan'] = (asked) => engine.prepareMigration(asked, connect);
  return {
    old,
    fresh: target,
    dir,
    runsDir,
    engine,
    connect,
    moves,
    spec,
    async keep(user, name, text) {
      const { status } = await old.put(user, name, text, { scheduling: 'none' });
      if (status >= 300) throw new Error(`PUT ${name}: ${status}`);
    },
    plan,
    async move(asked) {
      const batch = await plan(asked);
      return followBatch(await batch.start(consentTo(batch)));
    },
    async file(name, text) {
      await writeFile(join(dir, name), text);
      return join(dir, name);
    },
    async close() {
      await Promise.all([old.close(), target.close()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export async function followBatch(
  handle: BatchHandle,
  see: (event: BatchEvent) => void = () => undefined,
): Promise<Ended> {
  const events: BatchEvent[] = [];
  for await (const batch of handle.events()) {
    events.push(...batch);
    batch.forEach(see);
  }
  await handle.finished;
  const settled = events.at(-1);
  if (settled?.kind !== 'settled') throw new Error('the last event is not settled');
  return { batchId: handle.batchId, events, settled };
}

/** A meeting as one of its people has it: organizer first, answers as `name=PARTSTAT` or a whole address. */
export function meeting(uid: string, people: readonly string[], more: readonly string[] = []): string {
  const [organizer = ''] = people;
  const lines = people.map((one) => {
    const [name = '', partstat = 'NEEDS-ACTION'] = one.split('=');
    return `ATTENDEE;PARTSTAT=${partstat}:mailto:${addressOf(name)}`;
  });
  const own = [`ORGANIZER:mailto:${addressOf(organizer.split('=')[0] ?? '')}`, ...lines, ...more];
  const named = new Set(own.map((line) => line.split(/[:;]/)[0]));
  const defaults = [
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20370105T090000Z',
    'DTEND:20370105T100000Z',
    'SUMMARY:Meeting',
  ];
  const given = defaults.filter((line) => !named.has(line.split(/[:;]/)[0]));
  const body = ['BEGIN:VEVENT', `UID:${uid}`, ...own, ...given, 'END:VEVENT'];
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...body, 'END:VCALENDAR', ''].join('\r\n');
}

function addressOf(name: string): string {
  return name.includes('@') ? name : `${name}@example.com`;
}

/** The answer of a person in a text. */
export function answerOf(text: string, name: string): string {
  const line = text.split(/\r?\n/).find((one) => one.startsWith('ATTENDEE') && one.includes(addressOf(name))) ?? '';
  return /PARTSTAT=([A-Z-]+)/.exec(line)?.[1] ?? 'NEEDS-ACTION';
}
