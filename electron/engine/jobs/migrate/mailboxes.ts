import { toFailure } from '../../../../shared/model/failure.ts';
import type { MigrateSpec, Move } from '../../../../shared/model/batch/migrate.ts';
import { inOrder } from '../../backup/in-order.ts';
import type { Connect } from '../../batch/types.ts';
import type { EnginePorts, Progress } from '../../types.ts';
import { addressKey, domainOf } from '../../scheduling/addresses.ts';
import type { Capability } from '../../scheduling/types.ts';
import { openTarget } from '../target/target.ts';
import type { LaidMigration } from '../stored/migration-spec.ts';

/** Whose mailboxes are moved, over all parts of the mapping, and what the new server keeps for each. */
export interface Mailboxes extends Pick<LaidMigration, 'people' | 'inside'> {
  /** By index of the move. */
  readonly owners: ReadonlyMap<number, { readonly addresses: readonly string[]; readonly capability: Capability }>;
  /** Why a calendar cannot be written to, by index of the move. */
  readonly problems: ReadonlyMap<number, string>;
}

/**
 * Asks the new server for the addresses of everybody in the mapping: those of other parts as well, since whether a
 * colleague brings an own copy does not depend on which machine moves them.
 */
export async function lookAtMailboxes(
  ports: EnginePorts,
  spec: MigrateSpec,
  connect: Connect,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<Mailboxes> {
  const owners = new Map<number, { addresses: readonly string[]; capability: Capability }>();
  const problems = new Map<number, string>();
  progress('checking', 0, spec.moves.length);
  let done = 0;
  for await (const [at, found] of inOrder(spec.moves.entries(), spec.limits.members, async ([at, move]) => {
    return [at, await look(ports, spec, move, connect)] as const;
  })) {
    signal?.throwIfAborted();
    if (typeof found === 'string') problems.set(at, found);
    else owners.set(at, found);
    done += 1;
    progress('checking', done, spec.moves.length);
  }
  const keysOf = (at: number, move: Move): readonly string[] => [
    ...(owners.get(at)?.addresses ?? []).map(addressKey),
    ...(move.identity.kind === 'fixed' ? [addressKey(move.identity.address)] : []),
    ...(move.mailbox.includes('@') ? [addressKey(move.mailbox)] : guessed(move, spec.insideDomains)),
  ];
  const people: Record<string, LaidMigration['people'][string]> = {};
  for (const [at, move] of spec.moves.entries()) for (const key of keysOf(at, move)) people[key] ??= move.mode;
  const domains = Object.keys(people).flatMap((key) => domainOf(key) ?? []);
  const inside = new Set([...spec.insideDomains.map((domain) => domain.toLowerCase()), ...domains]);
  return { owners, problems, people, inside: [...inside].sort() };
}

/** A user whose addresses the server does not say has, by all likelihood, their name at each domain of ours. */
function guessed({ to: { user } }: Move, domains: readonly string[]): readonly string[] {
  return domains.map((domain) => addressKey(`${user}@${domain}`));
}

async function look(
  ports: EnginePorts,
  spec: MigrateSpec,
  move: Move,
  connect: Connect,
): Promise<{ readonly addresses: readonly string[]; readonly capability: Capability } | string> {
  try {
    const asked = {
      calendarUrl: move.calendarUrl,
      assume: spec.assume ?? [],
      insideDomains: spec.insideDomains,
      makeCalendar: { name: null, color: null },
    };
    const target = await openTarget(asked, connect({ ...move.to, url: move.calendarUrl }), ports);
    await target.close();
    return { addresses: target.properties.ownerAddresses, capability: target.capability };
  } catch (error) {
    return toFailure(error).message;
  }
}
