import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_FILTER, ACTIONS, CONFLICT_POLICIES } from '../../../shared/model/plan.ts';
import type { Rejection } from '../../../shared/model/found/inspection.ts';
import type { RowFilter } from '../../../shared/model/plan.ts';
import { atOnce } from '../yielding.ts';
import { findRows, pageOf, type FilteredRows } from './rules/filter.ts';
import { hashPlan, type NewHash } from './hash.ts';
import { selectRows } from './finish.ts';
import { newUids, planSteps } from './make.ts';
import { resolveStep } from './steps/resource-step.ts';
import { droppedBy, isWrite, writingSteps } from './rows.ts';
import { finalStop } from './stops.ts';
import { makePlan } from './testing/make-plan.ts';
import { capability, etag, planInput, resource, stored } from './testing/resources.ts';
import type { Plan, PlanInput, TrashRule } from './types.ts';

const hashOf: NewHash = () => {
  const hash = createHash('sha256');
  return { update: (text) => hash.update(text), digest: () => hash.digest('hex') };
};
const select = (plan: Plan, ids: ReadonlySet<number>, include: boolean): Plan =>
  atOnce(selectRows(plan, ids, include, hashOf));
const filterRows = (steps: Plan['steps'], filter: RowFilter, offset: number, limit: number): FilteredRows =>
  pageOf(steps, atOnce(findRows(steps, filter)), offset, limit);
const guest = (address: string) => ({ address, name: null, partstat: null, scheduleAgent: null, cutype: null });
const meeting = {
  organizer: guest('mailto:alice@example.com'),
  attendees: [guest('mailto:alice@example.com'), guest('mailto:bob@example.com'), guest('mailto:x@other.test')],
};

function actions(plan: Plan): readonly string[] {
  return plan.steps.map(({ row }) => row.action);
}

describe('makePlan', () => {
  it('puts every resource and every rejected component into exactly one bucket', () => {
    const one = fc.record({
      uid: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      kind: fc.constantFrom('VEVENT', 'VTODO'),
      sequence: fc.integer({ min: 0, max: 2 }),
      meaning: fc.constantFrom('m', 'n'),
      bytes: fc.integer({ min: 1, max: 300 }),
    });
    const rejection: Rejection = { file: 'f', line: 1, uid: '', title: '', code: 'x', reason: 'because' };
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 12 }),
        fc.array(one, { maxLength: 6 }),
        fc.constantFrom(...CONFLICT_POLICIES),
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        (sources, targets, onConflict, rejected, tagged) => {
          const plan = makePlan(
            planInput(
              sources.map(resource),
              targets.map((over) => stored(resource(over), tagged ? etag('t') : null)),
              {
                onConflict,
                rejected: Array.from({ length: rejected }, () => rejection),
                limits: { ...planInput([]).limits, components: ['VEVENT'], maxResourceSize: 250 },
              },
            ),
            hashOf,
          );
          expect(plan.steps).toHaveLength(sources.length + rejected);
          expect(plan.steps.map(({ row }) => row.id)).toEqual(plan.steps.map((_, at) => at));
          const counted = ACTIONS.reduce((sum, action) => sum + plan.summary.counts[action], 0);
          expect(counted).toBe(plan.steps.length);
          const writes = writingSteps(plan.steps);
          // No two writes go to one address, and what is overwritten is guarded.
          expect(new Set(writes.map(({ row }) => row.href)).size).toBe(writes.length);
          for (const { row, etag: guard } of writes) {
            expect(row.href).not.toBeNull();
            if (row.action === 'update') expect(guard).not.toBeNull();
          }
        },
      ),
    );
  });

  it('has the same hash when it is made again, and another when anything it does changes', () => {
    const base = (): Plan => makePlan(planInput([resource(meeting)]), hashOf);
    expect(base().hash).toBe(base().hash);
    const others = [
      makePlan(planInput([resource({ ...meeting, meaning: 'two' })]), hashOf),
      makePlan(planInput([resource({ ...meeting, uid: 'two' })]), hashOf),
      makePlan(planInput([resource(meeting)], [], { mode: 'all' }), hashOf),
      makePlan(planInput([resource(meeting)], [], { identity: { kind: 'match' } }), hashOf),
      makePlan(planInput([resource(meeting)], [], { only: new Set() }), hashOf),
      makePlan(planInput([resource(meeting)], [stored(resource({ sequence: -1, meaning: 'old' }))]), hashOf),
    ];
    expect(new Set([base(), ...others].map((plan) => plan.hash)).size).toBe(others.length + 1);
    const later = planInput([resource(meeting)]);
    const other = { ...later, context: { ...later.context, now: later.context.now + 60_000 } };
    expect(makePlan(other, hashOf).hash).toBe(base().hash);
  });

  it('counts who would be told for every mode, over what will be written only', () => {
    const plan = makePlan(planInput([resource(meeting)]), hashOf);
    expect(plan.summary.notified.all).toMatchObject({ people: 2, inside: 1, outside: 1, messages: 2 });
    expect(plan.summary.notified.none.people).toBe(0);
    expect(plan.summary.notified['external-only']).toMatchObject({ people: 1, outside: 1 });
    expect(plan.steps[0]?.row.notified).toBe(0);
    const none = select(plan, new Set([0]), false);
    expect(none.summary.notified.all.people).toBe(0);
    expect(none.summary.counts).toMatchObject({ create: 0, skip: 1 });
    expect(none.hash).not.toBe(plan.hash);
    expect(select(none, new Set([0]), true).hash).toBe(plan.hash);
  });

  it('leaves alone what is equal, replaces what is older, and asks about the rest', () => {
    const sources = ['a', 'b', 'c', 'd'].map((uid) => resource({ uid, sequence: 1, meaning: 'new' }));
    const target = [
      stored(resource({ uid: 'a', meaning: 'new' })),
      stored(resource({ uid: 'b', meaning: 'old', sequence: 0 })),
      stored(resource({ uid: 'c', meaning: 'old', sequence: 2 })),
    ];
    const plan = makePlan(planInput(sources, target), hashOf);
    expect(actions(plan)).toEqual(['unchanged', 'update', 'conflict', 'create']);
    expect(plan.steps[1]).toMatchObject({ etag: '"1"', row: { href: '/cal/b.ics' } });
  });

  it('puts a copy beside what is there, once', () => {
    const source = resource({ meaning: 'new' });
    const first = stored(resource({ meaning: 'old' }));
    const plan = makePlan(planInput([source], [first], { onConflict: 'copy' }), hashOf);
    expect(plan.steps[0]).toMatchObject({ asCopy: true, row: { action: 'create', uid: 'copy-of-one@example.com' } });
    const second = [first, stored(resource({ uid: 'copy-of-one@example.com', meaning: 'copy' }))];
    expect(actions(makePlan(planInput([source], second, { onConflict: 'copy' }), hashOf))).toEqual(['unchanged']);
  });

  it('sends an address only where the server can be told as whom', () => {
    const match = { identity: { kind: 'match' } } as const;
    const notified = makePlan(planInput([resource(meeting)], [], match), hashOf);
    expect(notified.steps[0]?.row.actingAs).toBe('mailto:alice@example.com');
    const blind = makePlan(
      planInput([resource(meeting)], [], { ...match, mode: 'all', capability: capability([]) }),
      hashOf,
    );
    expect(blind.steps[0]?.row.actingAs).toBeNull();
    expect(blind.summary.verdicts.none.effective).toBeNull();
  });
});

describe('what is new', () => {
  it('is known by its octets: its meaning, which takes long, is not asked for', () => {
    const input = planInput([resource({ uid: 'new' }), resource({ uid: 'here' })], [stored(resource({ uid: 'here' }))]);
    const asked: number[] = [];
    const resources = {
      ...input.resources,
      summary: (ordinal: number) => {
        asked.push(ordinal);
        return input.resources.summary(ordinal);
      },
    };
    const { steps } = makePlan({ ...input, resources }, hashOf);
    expect(asked).toEqual([1]);
    expect(steps.map(({ digest }) => digest.startsWith('text:'))).toEqual([true, false]);
  });

  it('is another plan when an octet of it is another', () => {
    const plan = (meaning: string): Plan => makePlan(planInput([resource({ uid: 'new', meaning })]), hashOf);
    expect(plan('a').hash).toBe(plan('a').hash);
    expect(plan('a').hash).not.toBe(plan('b').hash);
  });
});

describe('what stands in the way outside the calendar', () => {
  const sources = ['a', 'b', 'c'].map((uid) => resource({ uid, meaning: 'new' }));
  const here = [stored(resource({ uid: 'c', meaning: 'old', sequence: 2 }))];
  const elsewhere = new Map([['a', { href: '/work/a.ics', calendar: 'Work' }]]);
  const trashOf = (rule: TrashRule) => ({
    objects: new Map([['b', { href: '/bin/7.ics', deletedAt: Date.UTC(2026, 10, 20, 12) }]]),
    rule,
  });
  it('is looked for by the UIDs that are wanted and not there', () => {
    const wanted = (over: Partial<PlanInput>): readonly string[] => [
      ...atOnce(newUids(planInput(sources, here, over))),
    ];
    expect(wanted({})).toEqual(['a', 'b']);
    expect(wanted({ only: new Set([1, 2]) })).toEqual(['b']);
    expect(wanted({ limits: { ...planInput([]).limits, components: ['VTODO'] } })).toEqual([]);
  });

  it('decides about what would have been new, and nothing else', () => {
    const steps = [...planSteps(planInput(sources, here, { elsewhere, trash: trashOf('refuses') }))];
    expect(steps.map(({ row }) => row.action)).toEqual(['conflict', 'conflict', 'conflict']);
    expect(steps[0]?.row.reason).toContain('It is in "Work".');
    expect(steps[1]?.row.reason).toContain('It was deleted on 2026-11-20.');
    expect(steps[2]?.row.reason).toContain('newer than the backup');
    expect(steps.map(({ choices }) => choices)).toEqual([
      ['server', 'copy'],
      ['server', 'copy'],
      ['backup', 'server', 'copy'],
    ]);
    expect(steps.map(({ against }) => against)).toEqual(['elsewhere', 'trash', undefined]);
    for (const { row } of steps) expect(row.href === null || row.href === '/cal/c.ics').toBe(true);
  });

  it('names the deleted object that goes, so that it is saved, and the plan is another one', () => {
    const plan = (over: Partial<PlanInput>): Plan => makePlan(planInput(sources.slice(1, 2), [], over), hashOf);
    const dropping = plan({ trash: trashOf('drops') });
    expect(dropping.steps[0]).toMatchObject({ deleted: '/bin/7.ics', row: { action: 'create' } });
    expect(dropping.hash).not.toBe(plan({}).hash);
    expect(dropping.steps.map(droppedBy)).toEqual(['/bin/7.ics']);
    const unticked = select(dropping, new Set([0]), false);
    expect(unticked.steps.map(droppedBy)).toEqual([null]);
    const copy = plan({ trash: trashOf('unknown'), onConflict: 'copy' });
    expect([copy.steps[0]?.asCopy, copy.steps.map(droppedBy)]).toEqual([true, [null]]);
  });

  it('is settled by a person, and undecided again', () => {
    const input = planInput(sources, here, { elsewhere, trash: trashOf('unknown'), workaround: 'client-agent' });
    const [other, deleted] = [...planSteps(input)];
    if (other === undefined || deleted === undefined) throw new Error('no steps');
    expect(resolveStep(input, other, 'backup')).toBeNull();
    expect(resolveStep(input, other, 'server')?.row).toMatchObject({ action: 'skip', decided: 'server' });
    expect(resolveStep(input, other, 'copy')).toMatchObject({ asCopy: true, row: { uid: 'copy-of-a' } });
    const stands = resolveStep(input, deleted, 'backup');
    expect(stands).toMatchObject({ deleted: '/bin/7.ics', row: { action: 'create', href: '/cal/new-b.ics' } });
    expect(stands === null ? null : resolveStep(input, stands, 'undecided')).toEqual(deleted);
  });

  it('says nothing of what the person left out', () => {
    const input = planInput(sources, here, { elsewhere, only: new Set([1, 2]) });
    expect([...planSteps(input)][0]?.row.reason).toBe('Left out by your selection.');
  });
});

describe('safety stops', () => {
  const many = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, at) => resource({ uid: `${prefix}${at}` }));
  const codes = (plan: Plan): readonly string[] => plan.stops.map((stop) => stop.code);

  it('refuses an empty source and a read-only calendar for good', () => {
    const empty = makePlan(planInput([]), hashOf);
    expect(finalStop(empty.stops)?.code).toBe('EMPTY_SOURCE');
    const limits = { ...planInput([]).limits, writable: false };
    expect(finalStop(makePlan(planInput([resource()], [], { limits }), hashOf).stops)?.code).toBe('READ_ONLY');
    expect(finalStop(makePlan(planInput([resource()]), hashOf).stops)).toBeUndefined();
  });

  it('warns of another calendar, of a mass overwrite and of a full one', () => {
    const full = many('t', 30).map((summary) => stored(summary));
    expect(codes(makePlan(planInput(many('s', 30), full), hashOf))).toEqual(['WRONG_CALENDAR']);
    const newer = many('t', 30).map((summary) => ({ ...summary, sequence: 5, meaning: 'new' }));
    const mass = makePlan(planInput(newer, full), hashOf);
    expect(codes(mass)).toEqual(['MASS_OVERWRITE']);
    expect(codes(select(mass, new Set(mass.steps.slice(5).map(({ row }) => row.id)), false))).toEqual([]);
    const limits = { ...planInput([]).limits, quotaAvailable: 50 };
    expect(codes(makePlan(planInput([resource()], [], { limits }), hashOf))).toEqual(['QUOTA']);
  });

  it("refuses an address that is not one of the calendar's owner", () => {
    const stopsFor = (address: string) =>
      makePlan(
        planInput([resource({ uid: 'a' })], [], {
          identity: { kind: 'fixed', address },
          ownerAddresses: ['mailto:alice@example.com', '/dav/principals/alice/'],
        }),
        hashOf,
      ).stops;
    expect(stopsFor('mailto:ALICE@example.com')).toEqual([]);
    expect(stopsFor('mailto:bob@example.com')).toMatchObject([
      { code: 'ADDRESS_NOT_OWNED', message: expect.stringContaining('who is known as alice@example.com. Choose') },
    ]);
  });

  it('refuses an address that the server cannot be told', () => {
    const identity = { kind: 'fixed', address: 'mailto:alice@example.com' } as const;
    const plan = makePlan(
      planInput([resource(meeting)], [], { identity, mode: 'all', capability: capability([]) }),
      hashOf,
    );
    expect(finalStop(plan.stops)?.code).toBe('IDENTITY_BLOCKED');
  });
});

describe('the hash', () => {
  it('is that of one text, however it is fed', () => {
    const steps = makePlan(
      planInput(Array.from({ length: 1201 }, (_, n) => resource({ uid: `u${String(n)}` }))),
      hashOf,
    ).steps;
    const header = {
      job: 'restore',
      url: 'u',
      asked: 'none',
      effective: 'none',
      makes: null,
      workaround: null,
      who: ['anna'],
    } as const;
    const lines = [
      ['hushcal-plan', 1, 'restore', 'u', 'none', 'none'],
      ['login', 'anna'],
    ].map((line) => JSON.stringify(line));
    for (const { row, etag, digest } of steps)
      lines.push(JSON.stringify([row.uid, row.href, row.action, etag, digest, row.actingAs, row.file, row.line]));
    const whole = createHash('sha256').update(lines.join('\n')).digest('hex');
    expect(atOnce(hashPlan(header, steps, hashOf))).toBe(whole);
  });
});

describe('filterRows', () => {
  const plan = makePlan(
    planInput(
      [resource({ uid: 'a', title: 'Lunch' }), resource({ uid: 'b', ...meeting }), resource({ uid: 'c' })],
      [stored(resource({ uid: 'c' }))],
    ),
    hashOf,
  );
  const all = NO_FILTER;

  it('pages, searches and counts', () => {
    expect(filterRows(plan.steps, all, 1, 1)).toMatchObject({ matching: 3, matchingWrites: 2, rows: [{ uid: 'b' }] });
    expect(filterRows(plan.steps, { ...all, search: 'lunch' }, 0, 9).rows.map((row) => row.uid)).toEqual(['a']);
    const creates = filterRows(plan.steps, { ...all, actions: ['create'] }, 0, 9);
    expect(creates.matching).toBe(2);
    expect(creates.counts).toMatchObject({ create: 2, unchanged: 1 });
    expect(filterRows(plan.steps, { ...all, attention: 'guests' }, 0, 9).rows.map((row) => row.uid)).toEqual(['b']);
    expect(filterRows(plan.steps, { ...all, months: { from: '2026-12', to: '2027-01' } }, 0, 9).matching).toBe(0);
  });

  it('knows what an unticked row would have been', () => {
    const fewer = select(plan, new Set([0, 2]), false);
    expect(filterRows(fewer.steps, all, 0, 9)).toMatchObject({ matchingWrites: 1, matchingExcluded: 1 });
    expect(fewer.steps.filter(({ row }) => isWrite(row.action))).toHaveLength(2);
  });
});

describe('what a server leaves out of the numbers', () => {
  const leavesOut = 'It sends nothing about what is over.';
  const notesFor = (mode: 'none' | 'all', endsMs: number): readonly string[] | undefined => {
    const input = planInput([resource({ ...meeting, endsMs })], [], { mode });
    const context = { ...input.context, delivers: { evidence: 'test', leavesOut } };
    return makePlan({ ...input, context }, hashOf).summary.notes;
  };
  it('is said where messages about what is over are among them', () => {
    const past = Date.UTC(2020, 0, 1);
    expect(notesFor('all', past)).toEqual([`The numbers are the most that can happen. ${leavesOut}`]);
    expect(notesFor('all', Date.UTC(2036, 0, 1))).toBeUndefined();
    expect(notesFor('none', past)).toBeUndefined();
  });
  it('is said where an external guest is taken off', () => {
    const takenOff = 'It sends nothing to who is taken off.';
    const notes = (mode: 'none' | 'all', ...left: typeof meeting.attendees): readonly string[] | undefined => {
      const after = { ...meeting, attendees: left, meaning: 'new' };
      const input = planInput([resource(after)], [stored(resource({ ...meeting, meaning: 'old' }))], {
        mode,
        onConflict: 'replace',
      });
      const context = { ...input.context, delivers: { evidence: 'test', takenOff } };
      return makePlan({ ...input, context }, hashOf).summary.notes;
    };
    expect(notes('all')).toEqual([`The numbers are the most that can happen. ${takenOff}`]);
    expect(notes('all', ...meeting.attendees)).toBeUndefined();
    expect(notes('none')).toBeUndefined();
  });
});
