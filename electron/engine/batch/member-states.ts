import type { BatchEvent, BatchMember } from '../../../shared/model/batch/batch.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import type { EventQueue } from '../run/events.ts';

/** How often one member's progress is said, in milliseconds. */
const SAY_EVERY = 500;

/** The members as they are now. Every change of one is said, progress not too often. */
export class MemberStates {
  readonly #members: BatchMember[];
  readonly #events: EventQueue<BatchEvent>;
  readonly #saidAt = new Map<number, number>();
  readonly problems: Failure[] = [];

  constructor(members: readonly BatchMember[], events: EventQueue<BatchEvent>) {
    this.#members = [...members];
    this.#events = events;
  }

  get members(): readonly BatchMember[] {
    return this.#members;
  }

  of(id: number): BatchMember {
    const member = this.#members[id];
    if (member === undefined) throw new Error(`no member ${id}`);
    return member;
  }

  change(id: number, change: Partial<BatchMember>): void {
    this.#members[id] = { ...this.of(id), ...change };
    this.#saidAt.set(id, performance.now());
    this.say({ kind: 'member', member: this.of(id) });
  }

  /** A change that need not be said at once: the next one brings it along. */
  progress(id: number, change: Partial<BatchMember>): void {
    this.#members[id] = { ...this.of(id), ...change };
    if (performance.now() - (this.#saidAt.get(id) ?? -Infinity) < SAY_EVERY) return;
    this.change(id, {});
  }

  say(event: BatchEvent): void {
    this.#events.push(event);
  }

  /** Something that concerns the batch as a whole. */
  problem(failure: Failure): void {
    this.problems.push(failure);
    this.say({ kind: 'problem', mailbox: null, failure });
  }
}
