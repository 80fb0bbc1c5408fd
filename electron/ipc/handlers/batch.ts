import type { BackupPlace, PreparedBatch } from '../../engine/engine.ts';
import type { RouteOutput } from '../../../shared/ipc/contract.ts';
import type { PreparedJob, Progress } from '../../engine/types.ts';
import type { ActiveBatches } from '../runs/active-batches.ts';
import { readList } from '../read-list.ts';
import { readSecretList } from '../servers/secret-list.ts';
import { reportName, type ReportSource, type SavedReports } from '../runs/report-file.ts';
import type { Logins } from '../servers/logins.ts';
import type { Ports } from '../ports.ts';
import type { HandleStore } from '../runs/handle-store.ts';
import type { HandlersOf, Push } from '../types.ts';

/** A prepared batch, and the calendars that it is going to change, for a backup of them. */
export interface ShelvedBatch {
  readonly batch: PreparedBatch;
  readonly places: readonly BackupPlace[];
  /** Is told under which name it began. */
  readonly began?: ((batchId: string) => void) | undefined;
}

export interface BatchShelves {
  readonly batches: HandleStore<ShelvedBatch>;
  readonly plans: HandleStore<PreparedJob>;
}

/** A prepared batch as the window knows it. */
export function shelve(
  { batches }: Pick<BatchShelves, 'batches'>,
  batch: PreparedBatch,
  places: readonly BackupPlace[] = [],
  began?: ShelvedBatch['began'],
): RouteOutput<'batch.undo'> {
  return { planId: batches.add({ batch, places, began }), summary: batch.summary, members: [...batch.members] };
}

export function batchHandlers(
  { engine, desktop }: Pick<Ports, 'engine' | 'desktop'>,
  logins: Pick<Logins, 'connect' | 'missingOf' | 'keepFor'>,
  shelves: BatchShelves,
  active: ActiveBatches,
  push: Push,
  saved: SavedReports,
): HandlersOf<'batch'> {
  const { connect } = logins;
  const progress: Progress = (phase, done, of) => {
    push('batch.progress', { phase, done, of });
  };
  return {
    'batch.open': async ({ planId, member }) => {
      const job = await shelves.batches.get(planId).batch.open(member);
      return { planId: shelves.plans.add(job), summary: job.summary };
    },
    'batch.discard': ({ planId }) => {
      shelves.batches.discard(planId);
      return Promise.resolve({});
    },
    'batch.start': async ({ planId, hash, typedMessages, jobNote }) => {
      const { batch, began } = shelves.batches.get(planId);
      const handle = await batch.start({ hash, typedMessages, jobNote });
      active.follow(handle);
      // It runs once: the plan belongs to its run from here on. The window may have let go of it meanwhile.
      shelves.batches.release(planId);
      began?.(handle.batchId);
      return { batchId: handle.batchId };
    },
    ...batchSecretHandlers({ engine, desktop }, logins),
    'batch.pause': ({ batchId, paused }) => {
      active.pause(batchId, paused);
      return Promise.resolve({});
    },
    'batch.stop': ({ batchId }) => {
      active.stop(batchId);
      return Promise.resolve({});
    },
    'batch.resume': async ({ batchId, typedMessages }) => {
      const handle = await engine.resumeBatch(batchId, connect, typedMessages);
      active.follow(handle);
      return { batchId: handle.batchId };
    },
    'batch.snapshot': ({ batchId }) => Promise.resolve(active.snapshot(batchId)),
    'batch.active': () => Promise.resolve([...active.active()]),
    'batch.list': async () => [...(await engine.batches())],
    'batch.report': ({ batchId }) => engine.batchReport(batchId),
    'batch.export': async ({ batchId, format }) => {
      const { members, batch } = await engine.batchReport(batchId);
      const report: ReportSource = {
        name: reportName([batch.kind, `${batch.members} calendars`], batch.startedAt),
        rows: members.length,
        text: (kind, medium) => engine.exportBatchReport(batchId, kind, null, medium),
      };
      return { path: await saved.save(report, format) };
    },
    'batch.undo': async ({ batchId, members, only }) => {
      const { summary } = await engine.batchReport(batchId);
      // A job begins quietly, whomever the one before told.
      const mode = summary.asked === 'internal-only' ? null : 'none';
      const spec = { batchId, members, only, mode };
      return shelve(shelves, await engine.prepareBatch({ kind: 'undo', spec }, connect, progress));
    },
    'batch.announce': async ({ batchId }) =>
      shelve(shelves, await engine.prepareBatch({ kind: 'announce', spec: { batch: batchId } }, connect, progress)),
  };
}

/** The passwords that a batch waits for, and a list of them. */
function batchSecretHandlers(
  { engine, desktop }: Pick<Ports, 'engine' | 'desktop'>,
  logins: Pick<Logins, 'missingOf' | 'keepFor'>,
): Pick<HandlersOf<'batch'>, 'batch.secrets' | 'batch.import_secrets'> {
  return {
    'batch.secrets': async ({ batchId }) => ({
      missing: [...logins.missingOf((await engine.batchLogins(batchId)).open)],
    }),
    'batch.import_secrets': async ({ batchId }) => {
      // What follows needs those of the calendars that are done, too: an undo, and the notification of external guests.
      const { all, open } = await engine.batchLogins(batchId);
      const list = await readList(desktop, 'passwords');
      if (list === null) return null;
      const given = readSecretList(list.text);
      let taken = 0;
      for (const { user, password } of given) {
        const wanted = all.filter(({ actor }) => actor === user);
        for (const login of wanted) await logins.keepFor(login, password);
        if (wanted.length > 0) taken += 1;
      }
      const unknown = given.map(({ user }) => user).filter((user) => !all.some(({ actor }) => actor === user));
      return { taken, missing: [...logins.missingOf(open)], unknown };
    },
  };
}
