import type { MigrateSpec, Move } from '../../../../shared/model/batch/migrate.ts';
import type { SchedulingMode } from '../../../../shared/model/scheduling.ts';
import type { Mailboxes } from './mailboxes.ts';
import type { LaidMember, LaidMove } from '../stored/migration-spec.ts';
import { plural } from '../../../../shared/words/format.ts';

/** One calendar, laid out, and what was seen in it. */
export interface Laid {
  readonly move: LaidMove;
  /** Events that go first, and all of them. */
  readonly first: number;
  readonly events: number;
}

/** Organizers first, over all mailboxes; then the rest. */
const STAGE = { organizers: 0, rest: 1, whole: 1 } as const;

/**
 * The members of the batch: one per calendar, or two where some of its events go first. `pass` leaves out those of the
 * other pass, which another process brings along.
 */
export function membersOf(
  spec: MigrateSpec,
  laid: readonly Laid[],
  refused: ReadonlyMap<number, string>,
): readonly LaidMember[] {
  return laid.flatMap(({ first }, at) => {
    const move = spec.moves[laid[at]?.move.move ?? -1];
    if (move === undefined) return [];
    const parts: LaidMember['part'][] = first === 0 || refused.has(at) ? ['whole'] : ['organizers', 'rest'];
    return parts
      .filter((part) => spec.pass === 'both' || (spec.pass === 'organizers') === (part === 'organizers'))
      .map((part) => ({ laid: at, part, mode: modeOf(move, part), stage: STAGE[part] }));
  });
}

/** Calendars that cannot run because the new server does not keep a mode that one of their parts needs. */
export function refusedMoves(
  spec: MigrateSpec,
  laid: readonly Laid[],
  { owners }: Mailboxes,
): ReadonlyMap<number, string> {
  const refused = new Map<number, string>();
  for (const [
    at,
    {
      move: { move: index },
      first,
    },
  ] of laid.entries()) {
    const move = spec.moves[index];
    const capability = owners.get(index)?.capability;
    if (move === undefined || capability === undefined) continue;
    const modes = new Set([modeOf(move, 'rest'), ...(first > 0 ? [modeOf(move, 'organizers')] : [])]);
    for (const mode of modes) {
      const { effective, because, alternatives } = capability.verdict(mode, ['create', 'update']);
      if (effective === null) refused.set(at, [`${mode}: ${because}`, ...alternatives].join(' '));
    }
  }
  return refused;
}

function modeOf({ mode }: Move, part: LaidMember['part']): SchedulingMode {
  if (mode !== 'auto') return mode;
  return part === 'organizers' ? 'internal-only' : 'none';
}

/** What a person must know of the whole. */
export function notesOf(spec: MigrateSpec, laid: readonly Laid[], members: readonly LaidMember[]): readonly string[] {
  const first = members.filter(({ part }) => part === 'organizers');
  const events = first.reduce((sum, { laid: at }) => sum + (laid[at]?.first ?? 0), 0);
  const notes: string[] = [];
  if (first.length > 0) {
    notes.push(
      `${plural(events, 'meeting')} of ${plural(first.length, 'calendar')} go first, without messages to external guests: colleagues who are not in the mapping get them from there. ` +
        'Colleagues in the mapping get them too, and their own copies, with their answers, take the place of exactly these; what is replaced is saved.',
    );
  }
  if (spec.pass !== 'both') {
    const other = spec.pass === 'organizers' ? 'the rest follows in a pass of its own' : 'organizers have gone before';
    notes.push(`This is one of two passes: ${other}, when all parts have ended.`);
  }
  if (spec.shard !== null) notes.push(`This is part ${spec.shard.index} of ${spec.shard.of} of the mapping.`);
  return notes;
}
