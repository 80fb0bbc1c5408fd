import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Connection } from '../../electron/engine/caldav/types.ts';
import { createEngine } from '../../electron/engine/engine.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import type { PreparedJob } from '../../electron/engine/types.ts';
import { notifiedByPlan } from '../../shared/model/consent.ts';
import type { RestoreSpec } from '../../shared/model/job.ts';
import { takenBy } from './deviations.ts';
import type { RunningServer } from './harness.ts';
import { matrixEvents, matrixText } from './matrix-events.ts';
import type { Heard, MatrixMethod, MatrixMode, MatrixServer } from './matrix-table.ts';
import { plainClient } from './plain-http.ts';

/** What one step did, seen from outside. */
export interface StepSeen {
  readonly mode: MatrixMode;
  readonly method: MatrixMethod;
  /** Null when it ran; otherwise why it was refused. */
  readonly refused: string | null;
  /** How the run ended: its status, how many rows it wrote; null when refused. */
  readonly ended: { readonly status: string; readonly wrote: number; readonly said: readonly string[] } | null;
  /** Per UID, for every event of the story. */
  readonly heard: ReadonlyMap<string, Heard>;
  readonly messages: number;
  /** Objects in calendars and inboxes of the others that came, went or changed. */
  readonly changed: number;
  /** Whether alice's calendar is as it was, byte for byte. */
  readonly untouched: boolean;
}

/** Plays the engine's jobs against one server and looks at everybody else after each of them. */
export class Stage {
  readonly #server: RunningServer;
  readonly #engine: Engine;
  readonly #work: string;
  readonly #origin: string;
  readonly #assume: RestoreSpec['assume'];
  readonly #now = new Date();

  constructor(server: RunningServer, work: string, origin: string, assume: RestoreSpec['assume']) {
    this.#server = server;
    this.#work = work;
    this.#origin = origin;
    this.#assume = assume;
    mkdirSync(work, { recursive: true });
    const [runsDir, tempDir] = [path.join(work, 'runs'), path.join(work, 'temp')];
    this.#engine = createEngine({ runsDir, tempDir, now: () => new Date() });
  }

  get engine(): Engine {
    return this.#engine;
  }

  get connection(): Connection {
    const { user, password, calendar } = this.#server.user('alice');
    return { url: this.#origin + calendar, user, password: () => Promise.resolve(password ?? 'any'), concurrency: 4 };
  }

  /** A restore of the story's events; gives the run's id when there was one. */
  async restore(
    server: MatrixServer,
    story: string,
    version: 'first' | 'second',
    mode: MatrixMode,
    method: MatrixMethod,
  ) {
    const source = path.join(this.#work, `${story}-${version}.ics`);
    writeFileSync(source, matrixText(takenBy(server, matrixEvents(story)), version, this.#now));
    const spec: RestoreSpec = {
      sources: [source],
      calendarUrl: this.connection.url,
      user: 'alice',
      mode,
      identity: { kind: 'server' },
      onConflict: 'replace',
      only: [],
      concurrency: 4,
      assume: [...this.#assume],
    };
    return this.#play(server, story, mode, method, () => this.#engine.prepareRestore(spec, this.connection));
  }

  async undo(server: MatrixServer, story: string, runId: string, mode: MatrixMode, method: MatrixMethod) {
    return this.#play(server, story, mode, method, () => this.#engine.prepareUndo(runId, this.connection, { mode }));
  }

  async #play(
    server: MatrixServer,
    story: string,
    mode: MatrixMode,
    method: MatrixMethod,
    prepare: () => Promise<PreparedJob>,
  ): Promise<{ readonly seen: StepSeen; readonly runId: string | null }> {
    await this.#server.clearMail();
    const before = await this.#everything();
    const job = await prepare();
    const { verdict, hash } = job.summary;
    let ended: StepSeen['ended'] = null;
    let runId: string | null = null;
    if (verdict.effective === null) {
      await job.start({ hash, typedMessages: null }).then(
        () => Promise.reject(new Error('a blocked plan has started')),
        () => undefined,
      );
      await job.discard();
    } else {
      const handle = await job.start({ hash, typedMessages: notifiedByPlan(job.summary).messages });
      runId = handle.runId;
      const said: string[] = [];
      let [status, wrote] = ['', 0];
      for await (const batch of handle.events()) {
        for (const event of batch) {
          if (event.kind === 'problem') said.push(event.failure.message);
          if (event.kind === 'item' && event.outcome === 'failed') said.push(`${event.uid}: ${event.reason}`);
          if (event.kind !== 'settled') continue;
          status = event.status;
          wrote = event.totals.created + event.totals.updated + event.totals.deleted;
        }
      }
      ended = { status, wrote, said };
    }
    const seen = await this.#look(server, story, before);
    return {
      seen: { mode, method, refused: verdict.effective === null ? verdict.because : null, ended, ...seen },
      runId,
    };
  }

  async #look(server: MatrixServer, story: string, before: ReadonlyMap<string, Owned>) {
    const after = await this.#everything();
    const mail = await this.#server.mail();
    const paths = [...new Set([...before.keys(), ...after.keys()])];
    const changes = paths.filter((one) => before.get(one)?.text !== after.get(one)?.text);
    const others = changes.filter((one) => (after.get(one) ?? before.get(one))?.user !== 'alice');
    const heard = new Map<string, Heard>();
    for (const { uid } of takenBy(server, matrixEvents(story))) {
      const theirs = others.some((one) => (before.get(one)?.text ?? after.get(one)?.text ?? '').includes(uid));
      const to = mail.filter((message) => message.uid === uid).flatMap((message) => message.to);
      const inside = theirs || to.some((address) => address.endsWith('@example.com'));
      const outside = to.some((address) => !address.endsWith('@example.com'));
      heard.set(uid, inside ? (outside ? 'everybody' : 'inside') : outside ? 'outside' : 'nobody');
    }
    return {
      heard,
      messages: mail.length,
      changed: others.length,
      untouched: changes.length === others.length,
    };
  }

  /** Every object of every user's calendar and inbox, by user and path. */
  async #everything(): Promise<ReadonlyMap<string, Owned>> {
    const found = new Map<string, Owned>();
    for (const user of this.#server.description.users) {
      const client = plainClient(this.#server, user);
      for (const collection of new Set([user.calendar, user.inbox ?? ''])) {
        // An attendee's own inbox tells alice what she knows.
        if (collection === '' || (user.user === 'alice' && collection !== user.calendar)) continue;
        for (const [href, body] of await client.readAll(collection)) {
          found.set(`${user.user} ${href}`, {
            user: user.user,
            text: body.toString('latin1').replace(/\r\n[ \t]/g, ''),
          });
        }
      }
    }
    return found;
  }
}

interface Owned {
  readonly user: string;
  readonly text: string;
}
