import type { Cell } from './run-cell.ts';

/** What a job need not see, and why: there exit 0 says less, but nothing may be lost all the same. */
interface Excuse {
  readonly jobs: readonly string[];
  readonly requests: readonly string[];
  readonly bends: readonly string[];
  readonly reason: string;
}

const ONE_LIST =
  'the list is sound in itself and lacks something; a second list is read for backups and before deletes only';

const EXCUSES: readonly Excuse[] = [
  {
    jobs: ['restore', 'plan of a restore', 'clean-up', 'migrate, target', 'final pass, target'],
    requests: ['list', 'query'],
    bends: ['missing', 'members-left-out'],
    reason: ONE_LIST,
  },
  {
    jobs: ['backup --all', 'migrate, source', 'final pass, source'],
    requests: ['home'],
    bends: ['missing', 'members-left-out'],
    reason: 'there is one list of calendars, and it is sound in itself',
  },
];

/** Why exit 0 need not mean that everything was seen; null where it must. */
export function excuseOf({ job, request, bend }: Cell): string | null {
  const excuse = EXCUSES.find(
    ({ jobs, requests, bends }) => jobs.includes(job.name) && requests.includes(request) && bends.includes(bend),
  );
  return excuse?.reason ?? null;
}
