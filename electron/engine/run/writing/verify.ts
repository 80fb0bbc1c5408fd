import { propertyWords } from '../../../../shared/words/properties.ts';
import type { FetchedObject } from '../../caldav/types.ts';
import { toFailure } from '../../../../shared/model/failure.ts';
import { compareTexts, sameMeaning } from './compare.ts';
import type { RunContext } from '../context.ts';
import { findByUid } from './find-by-uid.ts';
import { uidsOf } from '../../icalendar/summary/uids.ts';
import { LeakGuard } from './leak-guard.ts';
import { readUndamaged } from '../kept/pack.ts';
import { patiently } from './resolve.ts';
import type { ItemOutcome } from '../types.ts';

/** Objects read back together. */
const BATCH = 50;
/**
 * Objects read back together while a server at ease takes what is written: their texts are compared in one go, and every
 * answer that comes meanwhile waits for that.
 */
const SMALL_BATCH = 25;
/**
 * How long a few rows wait for others to share a request with, in milliseconds. A slow server answers one large REPORT
 * in hardly more time than a small one, so haste would take its time from the writing.
 */
const LINGER = 400;
/** Rows that are read back before the next ones are looked at, once nothing is left to write: several requests at once. */
const TURN = 8 * BATCH;
/**
 * How many times longer than it kept us and the server busy a reading back waits for the next one, as long as there is
 * writing to be done. The time that any answer takes to come is not counted: a server far away is not busy while we wait
 * for it. One that is bound by its processor would take the time from the writing; what is left is read at the end.
 */
const REST = 24;
/** The same for a server at ease: nothing need be left for the end. */
const SHORT_REST = 1;
/** No rest is longer, in milliseconds: rows get their outcomes, and whoever watches sees them come. */
const LONGEST_REST = 5000;

const TEXT_GONE = 'The server took it, but what was sent is damaged on this computer, so it could not be compared.';

interface Entry {
  readonly row: number;
  readonly applied: ItemOutcome;
}

/**
 * Reads back what was written, beside the writing, and gives every row its final outcome. An ETag or a 201 is no proof:
 * servers re-write events and still send one.
 */
export class Verifier {
  readonly #context: RunContext;
  #waiting: Entry[] = [];
  /** Created, and not at the address where it was put: some servers store under a name of their own. */
  readonly #strayed: Entry[] = [];
  #closed = false;
  #resting = false;
  #wake: (() => void) | null = null;
  #checked = 0;
  /** The reading back under way. */
  #checking: Promise<void> = Promise.resolve();
  readonly #leaks: LeakGuard;
  readonly #done: Promise<void>;

  constructor(context: RunContext) {
    this.#context = context;
    this.#leaks = new LeakGuard(context);
    this.#done = this.#work();
  }

  add(row: number, applied: ItemOutcome): void {
    this.#waiting.push({ row, applied });
    if (this.#waiting.length >= this.#size && !this.#resting) this.#wake?.();
  }

  get #size(): number {
    return this.#context.pacer.hasHeadroom ? SMALL_BATCH : BATCH;
  }

  /** Reads back what waits, at once, for whoever must know before going on. Never rejects. */
  async catchUp(): Promise<void> {
    await this.#checking;
    while (this.#waiting.length > 0) await this.#check(this.#waiting.splice(0, TURN));
    await this.#lookForStrayed();
  }

  /** Resolves when everything added has been read back. Never rejects. */
  async finish(): Promise<void> {
    this.#closed = true;
    this.#wake?.();
    await this.#done;
  }

  async #work(): Promise<void> {
    for (;;) {
      if (this.#waiting.length < this.#size && !this.#closed) await this.#pause(LINGER);
      if (this.#waiting.length === 0) {
        if (this.#closed) return this.#lookForStrayed();
        continue;
      }
      const { pacer } = this.#context;
      const batch = this.#waiting.splice(0, this.#closed ? TURN : this.#size);
      const began = performance.now();
      this.#checking = this.#check(batch);
      await this.#checking;
      const busy = Math.max(0, performance.now() - began - pacer.quickest);
      if (!this.#closed) await this.#rest(Math.min(LONGEST_REST, (pacer.hasHeadroom ? SHORT_REST : REST) * busy));
      this.#checked += batch.length;
      if (this.#closed) {
        const of = this.#checked + this.#waiting.length;
        this.#context.log.say({ kind: 'phase', phase: 'verifying', done: this.#checked, of });
      }
    }
  }

  /** Until the time is over, enough rows wait, or the writing has ended. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(wake, milliseconds);
      function wake(): void {
        clearTimeout(timer);
        resolve();
      }
      this.#wake = wake;
    });
  }

  /** The server works for the writing first: one request at a time, seldom where it is strained, while there is both to do. */
  async #rest(milliseconds: number): Promise<void> {
    this.#resting = true;
    await this.#pause(milliseconds);
    this.#resting = false;
  }

  async #check(batch: readonly Entry[]): Promise<void> {
    const left = new Map(batch.map((entry) => [entry.applied.href ?? '', entry]));
    try {
      await patiently(this.#context, async () => {
        for await (const objects of this.#context.store.fetch([...left.keys()])) {
          for (const object of objects) {
            const entry = left.get(object.href);
            if (entry === undefined) continue;
            await this.#judge(entry.row, entry.applied, object);
            left.delete(object.href);
          }
        }
      });
    } catch (error) {
      const reason = `It could not be read back: ${toFailure(error).message}`;
      for (const entry of left.values()) this.#unreadable(entry.row, entry.applied, reason);
      return;
    }
    for (const entry of left.values()) this.#unreadable(entry.row, entry.applied, 'The server did not give it back.');
  }

  async #judge(row: number, applied: ItemOutcome, there: FetchedObject): Promise<void> {
    const { log, bodies } = this.#context;
    const step = log.steps[row];
    if (step === undefined) return;
    if (there.unreadable !== undefined) {
      this.#unreadable(row, applied, `It could not be read back: ${there.unreadable}`);
      return;
    }
    if (applied.outcome === 'deleted') {
      if (there.text === null) this.#equal(row, applied, 'same', [], null);
      else
        this.#differs(
          row,
          applied,
          'changed',
          [],
          'The server said it was deleted, but it is still there.',
          there.etag,
        );
      return;
    }
    if (there.text === null || step.body === null) {
      this.#notThere(row, applied);
      return;
    }
    const sent = (await readUndamaged(bodies, step.body))?.toString('utf8');
    if (sent === undefined) {
      this.#unreadable(row, applied, TEXT_GONE);
      return;
    }
    if (isAnother(there.text, sent)) {
      this.#notThere(row, applied);
      return;
    }
    // What was restored from the trash bin has its old marks.
    if (step.row.bin === undefined) await this.#leaks.look(row, there, sent);
    const { verdict, properties } = compareTexts(there.text, sent, step.meaning);
    if (verdict !== 'changed') {
      this.#equal(row, applied, verdict, properties, there.etag);
      return;
    }
    this.#altered(row, applied, properties, there.etag);
  }

  #notThere(row: number, applied: ItemOutcome): void {
    if (applied.outcome === 'created' && !this.#strayed.some((entry) => entry.row === row)) {
      this.#strayed.push({ row, applied });
      return;
    }
    this.#differs(row, applied, 'missing', [], 'The server said it was stored, but it is not there.', null);
  }

  /** Looks once through the whole calendar for what was not found at its address. */
  async #lookForStrayed(): Promise<void> {
    if (this.#strayed.length === 0) return;
    const { log } = this.#context;
    const uids = new Set(this.#strayed.map(({ row }) => log.steps[row]?.row.uid ?? ''));
    try {
      const found = await patiently(this.#context, () => findByUid(this.#context, uids));
      for (const { row, applied } of this.#strayed) {
        const object = await this.#ours(row, found.get(log.steps[row]?.row.uid ?? ''));
        const nowhere: FetchedObject = { href: applied.href ?? '', etag: null, text: null };
        await this.#judge(row, { ...applied, href: object?.href ?? applied.href }, object ?? nowhere);
      }
    } catch (error) {
      const reason = `It could not be read back: ${toFailure(error).message}`;
      for (const { row, applied } of this.#strayed) if (!log.hasEnded(row)) this.#unreadable(row, applied, reason);
    }
    this.#strayed.length = 0;
  }

  /**
   * An object at another address counts as ours, and an undo would delete it, when it means what we sent; or when there was
   * nothing under its UID before, as the plan saw it: then the server altered what it stored under a name of its own.
   */
  async #ours(row: number, object: FetchedObject | undefined): Promise<FetchedObject | null> {
    const step = this.#context.log.steps[row];
    if (object === undefined || object.text === null || step === undefined || step.body === null) return null;
    const sent = (await readUndamaged(this.#context.bodies, step.body))?.toString('utf8');
    if (sent === undefined) return null;
    const wasAbsent = step.row.action === 'create' && step.row.decided === undefined;
    return wasAbsent || sameMeaning(object.text, sent, step.meaning) ? object : null;
  }

  #equal(
    row: number,
    applied: ItemOutcome,
    verdict: 'same' | 'rewritten',
    properties: readonly string[],
    etag: string | null,
  ): void {
    this.#context.log.readBack(row, verdict, properties, etag);
    this.#context.log.final(row, { ...applied, etag: etag ?? applied.etag });
  }

  /** Stored, so that an undo takes it back with the rest; to send the same text again would end the same. */
  #altered(row: number, applied: ItemOutcome, properties: readonly string[], etag: string | null): void {
    const reason = `Saved, but changed by the server: ${propertyWords(properties)}.`;
    this.#context.log.readBack(row, 'changed', properties, etag);
    this.#context.log.final(row, { ...applied, outcome: 'altered', reason, etag });
  }

  #differs(
    row: number,
    applied: ItemOutcome,
    verdict: 'changed' | 'missing',
    properties: readonly string[],
    reason: string,
    etag: string | null,
  ): void {
    this.#context.log.readBack(row, verdict, properties, etag);
    this.#context.log.final(row, { ...applied, outcome: 'failed', reason, etag });
  }

  #unreadable(row: number, applied: ItemOutcome, reason: string): void {
    this.#context.log.readBack(row, 'unreadable', [], null);
    this.#context.log.final(row, { ...applied, reason });
  }
}

/** Whether an object has UIDs, and none of those that were sent: it is not ours, and an undo must not delete it. */
function isAnother(there: string, sent: string): boolean {
  const ours = uidsOf(sent);
  const uids = uidsOf(there);
  return uids.length > 0 && !uids.some((uid) => ours.includes(uid));
}
