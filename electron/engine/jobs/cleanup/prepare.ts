import type { CleanupSpec, SearchPlace } from '../../../../shared/model/batch/cleanup.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { Connection, Unseen } from '../../caldav/types.ts';
import type { EnginePorts, PreparedJob, Progress } from '../../types.ts';
import { runYielding } from '../../yielding.ts';
import { finishPlan } from '../../plan/finish.ts';
import { unseenSteps } from '../../plan/make.ts';
import type { PlanBasis, PlanStep } from '../../plan/types.ts';
import { countsOf } from '../../search/copy-counts.ts';
import { factsOf } from '../../search/facts.ts';
import { judgeCounts, readRules, rulesText, type SearchRules } from '../../search/judge.ts';
import { newSha256 } from '../consent/text-digest.ts';
import { leftOutNotes } from '../../plan/left-out.ts';
import { planNotes } from '../consent/plan-notes.ts';
import { prepareJob } from '../consent/prepared.ts';
import type { Bodies } from '../start/material.ts';
import type { OpenTarget } from '../target/target.ts';
import { withTarget } from '../target/with-target.ts';
import { ownerAt, runSpecOf } from './place.ts';
import { readPlace, type Looked } from './read-place.ts';
import { cleanupStep } from './steps.ts';
import { whoLogsIn } from '../consent/who-logs-in.ts';

const NO_CROWD = { copies: {}, calendars: {} } as const;

/**
 * The clean-up of one place, from rules to a plan that waits for consent: what the rules name is deleted, each object
 * saved before, and everything else is not touched. The run it becomes can be undone as any other.
 *
 * @param place position in `spec.places`
 * @throws HushError with one sentence for a person
 */
export async function prepareCleanup(
  ports: EnginePorts,
  spec: CleanupSpec,
  place: number,
  connection: Connection,
  progress: Progress = () => undefined,
  signal?: AbortSignal,
): Promise<PreparedJob> {
  const where = placeAt(spec, place);
  const rules = readRules(spec);
  const runSpec = runSpecOf(spec, where, connection.concurrency);
  progress('checking', 0, null);
  return withTarget({ spec: runSpec, connection, ports }, async (target) => {
    const listedAt = ports.now().getTime();
    const { looked, size, twice, unseen } = await read(spec, where, rules, target, progress, signal);
    const meant = stepsOf(spec, place, looked, twice, target);
    const steps = [...meant, ...unseenSteps(unseen, meant.length)];
    const basis: PlanBasis = {
      job: 'cleanup',
      url: target.store.url,
      mode: spec.mode,
      capability: target.capability,
      stops: target.properties.removable === false ? [READ_ONLY] : [],
      quotaAvailable: null,
      targetSize: size,
      maxShare: spec.maxShare,
      who: whoLogsIn(runSpec, connection),
      notes: [
        rulesText(spec),
        ...guessNote(spec, where, target),
        ...inboxNote(where),
        ...planNotes(runSpec, target),
        ...leftOutNotes(target.context, spec.mode, steps),
      ],
    };
    const plan = await runYielding(finishPlan(basis, steps, newSha256));
    const bodies = bodiesOf(target);
    const resolve = (): null => null;
    return prepareJob({ ports, spec: runSpec, connection, target, bodies, plan, resolve, parent: null, listedAt });
  });
}

function placeAt({ places }: CleanupSpec, place: number): SearchPlace {
  const found = places[place];
  if (found === undefined) throw new Error(`no place ${place}`);
  return found;
}

interface ReadCalendar {
  readonly looked: readonly Looked[];
  /** Objects that it holds. */
  readonly size: number;
  /** UIDs that more than one of them has. */
  readonly twice: ReadonlySet<string>;
  /** What is there and could not be read, so that no rule was held against it. */
  readonly unseen: readonly Unseen[];
}

/** The objects that are meant, by address, so that the same calendar gives the same plan. */
async function read(
  spec: CleanupSpec,
  place: SearchPlace,
  rules: SearchRules,
  { store, properties }: OpenTarget,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<ReadCalendar> {
  const owner = ownerAt(place, properties, spec);
  if (owner.inside.size === 0 && rules.rules.some(({ field }) => field === 'outside')) throw nobodyInside();
  const { crowd = NO_CROWD } = spec;
  const found: Looked[] = [];
  const seen = new Set<string>();
  const twice = new Set<string>();
  const unseenHere: Unseen[] = [];
  let size = 0;
  progress('listing', 0, null);
  for await (const { looked, uids, unseen, done, of } of readPlace(store, rules, owner, signal)) {
    size = of;
    unseenHere.push(...unseen);
    for (const uid of uids) (seen.has(uid) ? twice : seen).add(uid);
    for (const one of looked) if (isMeant(one)) found.push(one);
    progress('listing', done, of);
  }
  found.sort((one, other) => (one.href < other.href ? -1 : 1));
  return { looked: found, size, twice, unseen: unseenHere };

  function isMeant({ verdict, summary, href, text }: Looked): boolean {
    if (verdict !== 'open' || summary === null) return true;
    return judgeCounts(rules, countsOf(crowd, factsOf(summary, href, text, owner)));
  }
}

function stepsOf(
  spec: CleanupSpec,
  place: number,
  looked: readonly Looked[],
  twice: ReadonlySet<string>,
  { properties, context }: OpenTarget,
): readonly PlanStep[] {
  const where = placeAt(spec, place);
  const kept = new Set(spec.keep.flatMap((one) => (one.place === place ? [one.uid] : [])));
  const owner = ownerAt(where, properties, spec);
  const { ownerAddresses } = properties;
  const all = { spec, inbox: where.inbox, owner, ownerAddresses, notified: context, kept, twice };
  return looked.map((one, id) => cleanupStep(id, one, all));
}

/** Nothing is sent; what a person looks at is the object as it is there. */
function bodiesOf({ store }: OpenTarget): Bodies {
  return {
    text: () => Promise.resolve(null),
    async raw({ row: { href } }) {
      const there = href === null ? null : await store.get(href);
      return there === null ? '' : there.bytes.toString('utf8');
    },
    close: () => Promise.resolve(),
  };
}

function guessNote(spec: CleanupSpec, place: SearchPlace, { properties }: OpenTarget): readonly string[] {
  if (!ownerAt(place, properties, spec).guessed) return [];
  const { user } = place.login;
  return [
    `The server does not say which mail addresses the owner has. Whoever is called ${user} before the @ is taken for ` +
      'the owner, so that own meetings are kept; name other addresses if there are any.',
  ];
}

function inboxNote({ inbox }: SearchPlace): readonly string[] {
  return inbox ? [INBOX] : [];
}

const INBOX =
  'This is the inbox of the calendar server: deleting there answers nobody. What is deleted is kept with the run, ' +
  'but servers take nothing back into an inbox; the events in the calendars can be restored.';

const READ_ONLY = {
  code: 'READ_ONLY',
  message: 'This calendar is read-only for this user, so nothing in it can be deleted. Ask for the right to write.',
  override: false,
} as const;

function nobodyInside(): HushError {
  return new HushError({
    code: 'INPUT_RULE',
    message: 'The rule "outside" needs to know your mail domains, and unknown them. Name them.',
    reaction: 'fix-input',
  });
}
