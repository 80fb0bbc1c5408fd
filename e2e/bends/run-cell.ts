import { REQUESTS, type Fault, type RequestKind } from '../../electron/practice/index.ts';
import type { BringBack } from '../crash/kept.ts';
import type { Job } from './job.ts';
import { openScene, type Scene, type Side } from './scene.ts';

/** How often an answer is bent: each time it is given, or the first time alone. */
export const SPANS = ['always', 'once'] as const;
type Span = (typeof SPANS)[number];

export interface Cell {
  readonly job: Job;
  readonly request: RequestKind;
  readonly bend: string;
  readonly span: Span;
}

export interface Outcome {
  readonly exit: number;
  /** How many requests the bend was for. */
  readonly bent: number;
  /** What broke the promise, one sentence each; those that begin with `exit 0` are about what was not seen or done. */
  readonly wrong: readonly string[];
  /** The end of what it said, for a person who looks at a failure. */
  readonly said: string;
  /** Everything that it said. */
  readonly told: string;
}

export const nameOf = ({ job, request, bend, span }: Cell): string =>
  `${job.name} | ${request} | ${bend}${span === 'once' ? ' once' : ''}`;

/** Runs one job with one answer bent. */
export async function runCell({ job, request, bend, span }: Cell): Promise<Outcome> {
  const object = request === 'get' ? (job.gets ?? job.object) : job.object;
  const fault: Fault = { request, bend, object, count: span === 'always' ? 0 : 1 };
  return runUnder(job, [fault], (side) => side.harness.server.faults()[0]?.seen ?? 0);
}

/** Runs one job on a sound server; says which requests it sends there. */
export async function runSound(job: Job): Promise<Outcome & { readonly sends: readonly RequestKind[] }> {
  const counters = REQUESTS.map((request): Fault => ({ request, after: Infinity }));
  const sends: RequestKind[] = [];
  const outcome = await runUnder(job, counters, (side) => {
    for (const { fault, seen } of side.harness.server.faults()) {
      if (seen > 0 && fault.request !== undefined) sends.push(fault.request);
    }
    return 0;
  });
  return { ...outcome, sends };
}

function endOf(text: string): string {
  return text.trim().split('\n').slice(-3).join(' / ');
}

async function runUnder(job: Job, faults: readonly Fault[], count: (side: Side) => number): Promise<Outcome> {
  const { scene, prepared, bringBack } = await readyFor(job);
  await bringBack();
  const side = scene[job.bends];
  side.harness.server.setFaults(faults);
  const ended = await job.run(scene, prepared);
  const bent = count(side);
  side.harness.server.setFaults([]);
  const wrong = await job.check(scene, ended, prepared);
  return { exit: ended.code, bent, wrong, said: endOf(ended.err), told: ended.err + ended.out };
}

/** A scene after what goes before a job, where each cell begins. */
interface Ready {
  readonly scene: Scene;
  readonly prepared: string;
  readonly bringBack: BringBack;
}

/** What goes before is done once for all cells, and for all jobs before which the same goes. */
const ready = new Map<Job['prepare'], Promise<Ready>>();

function readyFor({ prepare }: Job): Promise<Ready> {
  const known = ready.get(prepare) ?? makeReady(prepare);
  ready.set(prepare, known);
  return known;
}

async function makeReady(prepare: Job['prepare']): Promise<Ready> {
  const scene = await openScene();
  const prepared = await prepare(scene);
  return { scene, prepared, bringBack: await scene.keep() };
}

export async function closeScenes(): Promise<void> {
  for (const one of ready.values()) await (await one).scene.close();
  ready.clear();
}
