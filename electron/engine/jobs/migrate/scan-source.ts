import { toFailure } from '../../../../shared/model/failure.ts';
import type { MigrateSpec } from '../../../../shared/model/batch/migrate.ts';
import type { EnginePorts } from '../../types.ts';
import { addressKey } from '../../scheduling/addresses.ts';
import { asSent } from '../consent/rewrites.ts';
import { openSources } from '../target/sources.ts';
import type { Mailboxes } from './mailboxes.ts';
import type { Laid } from './members.ts';
import { attachmentsOn } from './not-carried.ts';
import { goesFirst } from './parts.ts';
import type { LaidMove } from '../stored/migration-spec.ts';

/** Looks through what one calendar is made from: how many of its events go first, and what of them stays behind. */
export async function scanSource(
  ports: EnginePorts,
  spec: MigrateSpec,
  laid: LaidMove,
  boxes: Mailboxes,
  signal: AbortSignal | undefined,
): Promise<Laid> {
  const nothing = { first: 0, events: 0 };
  const move = spec.moves[laid.move];
  const problem = laid.problem ?? boxes.problems.get(laid.move) ?? null;
  if (move === undefined || problem !== null) return { move: { ...laid, problem }, ...nothing };
  const addresses = boxes.owners.get(laid.move)?.addresses ?? [];
  try {
    const { index } = await openSources(ports, laid.sources, () => undefined, signal);
    try {
      const own = new Set(addresses.map(addressKey));
      const sent = asSent(index, { rewrites: spec.rewrites }, addresses);
      let first = 0;
      for (let ordinal = 0; ordinal < sent.size; ordinal += 1) {
        if (goesFirst(sent.glance(ordinal), own, boxes, move.mode)) first += 1;
      }
      const host = move.from.kind === 'server' ? new URL(move.from.url).host.toLowerCase() : null;
      const notCarried = [...laid.notCarried, ...(await attachmentsOn(index, host))];
      return { move: { ...laid, notCarried }, first, events: index.size };
    } finally {
      await index.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    return { move: { ...laid, problem: toFailure(error).message }, ...nothing };
  }
}
