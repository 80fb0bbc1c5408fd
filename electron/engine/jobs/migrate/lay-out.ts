import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MigrateSpec, Move } from '../../../../shared/model/batch/migrate.ts';
import { inOrder } from '../../backup/in-order.ts';
import { batchesDir } from '../../batch/kept/folder.ts';
import type { Connect } from '../../batch/types.ts';
import type { EnginePorts, Progress } from '../../types.ts';
import { inShard } from '../../mapping/shard.ts';
import { Earlier } from './earlier.ts';
import { lookAtMailboxes, type Mailboxes } from './mailboxes.ts';
import { membersOf, notesOf, refusedMoves, type Laid } from './members.ts';
import { pullSource } from './pull-source.ts';
import { scanSource } from './scan-source.ts';
import type { LaidMigration } from '../stored/migration-spec.ts';

/** Where copies of the old side are kept while a migration is prepared, and as long as its batch. */
export function pullFolder(runsDir: string): string {
  return join(batchesDir(runsDir), 'pulled', randomBytes(8).toString('hex'));
}

/**
 * Lays a migration out: reads what has to come from the old server into `folder`, learns whose mailboxes these are, and
 * says which part of which calendar goes when. What runs later is what was read here, so an old server that dies costs
 * only what it had not given. A calendar that cannot be read is named and costs no other.
 */
export async function layOut(
  ports: EnginePorts,
  spec: MigrateSpec,
  connect: Connect,
  folder: string,
  progress: Progress = () => undefined,
  signal?: AbortSignal,
): Promise<LaidMigration> {
  const earlier = spec.after === null ? null : await Earlier.open(ports.runsDir, spec.after);
  const boxes = await lookAtMailboxes(ports, spec, connect, progress, signal);
  const laid = await readSources(ports, spec, connect, { folder, earlier, boxes }, progress, signal);
  const refused = refusedMoves(spec, laid, boxes);
  const members = membersOf(spec, laid, refused);
  return {
    version: 1,
    spec,
    laid: laid.map(({ move }, at) => ({ ...move, problem: move.problem ?? refused.get(at) ?? null })),
    members,
    people: boxes.people,
    inside: boxes.inside,
    notes: notesOf(spec, laid, members),
    planned: members.map(() => null),
  };
}

interface Around {
  readonly folder: string;
  readonly earlier: Earlier | null;
  readonly boxes: Mailboxes;
}

async function readSources(
  ports: EnginePorts,
  spec: MigrateSpec,
  connect: Connect,
  { folder, earlier, boxes }: Around,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<readonly Laid[]> {
  const { shard, moves } = spec;
  const chosen = [...moves.entries()].filter(([, { mailbox }]) => shard === null || inShard(mailbox, shard));
  if (chosen.some(([, { from }]) => needsRoom(from))) await mkdir(folder, { recursive: true, mode: 0o700 });
  const firsts = new Map(chosen.map(([at, { mailbox }]) => [mailbox, at] as const).reverse());
  const laid: Laid[] = [];
  progress('reading', 0, chosen.length);
  for await (const one of inOrder(chosen, spec.limits.members, async ([at, move]) => {
    const first = firsts.get(move.mailbox) === at;
    const pulled = await pullSource({ at, move, first, folder, connect, earlier, now: ports.now(), signal });
    return scanSource(ports, spec, pulled, boxes, signal);
  })) {
    signal?.throwIfAborted();
    laid.push(one);
    progress('reading', laid.length, chosen.length);
  }
  return laid;
}

/** What is copied before it is read: the old server's calendars, and single ones out of a backup. */
function needsRoom(from: Move['from']): boolean {
  return from.kind === 'server' || from.paths.some((path) => /\.zip#/i.test(path));
}
