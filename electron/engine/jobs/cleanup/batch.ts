import { cleanupSpec, type CleanupSpec, type SearchPlace } from '../../../../shared/model/batch/cleanup.ts';
import type { BatchWork, Connect, MakeWork, MemberPlan } from '../../batch/types.ts';
import type { Connection } from '../../caldav/types.ts';
import { readRules } from '../../search/judge.ts';
import { prepareCleanup } from './prepare.ts';
import { searchPlaces } from './search.ts';

/** A clean-up over many places: one run per place. */
export const makeCleanup: MakeWork = async (ports, given, connect, progress, signal) => {
  const spec = await counted(cleanupSpec.parse(given), connect, progress, signal);
  const at = (member: number): SearchPlace => {
    const place = spec.places[member];
    if (place === undefined) throw new Error(`no place ${member}`);
    return place;
  };
  const connection = (member: number): Connection => {
    const { login, url } = at(member);
    return connect({ ...login, url });
  };
  const work: BatchWork = {
    kind: 'cleanup',
    asked: spec.mode,
    limits: spec.limits,
    members: spec.places.map(memberPlan),
    stops: [],
    // What each plan says is said once for all of them.
    notes: [],
    spec,
    prepare: (member, step, over) => prepareCleanup(ports, spec, member, connection(member), step, over),
    connection,
    close: () => Promise.resolve(),
  };
  return work;
};

/**
 * The spec with what its rules need to know of all places. Counted once and kept: in the middle of a clean-up there are
 * fewer copies than at its beginning.
 */
async function counted(
  spec: CleanupSpec,
  connect: Connect,
  progress: Parameters<MakeWork>[3],
  signal: AbortSignal | undefined,
): Promise<CleanupSpec> {
  if (readRules(spec).crowd.length === 0 || spec.crowd !== undefined) return spec;
  const { crowd } = await searchPlaces(spec, connect, {
    progress: ({ searched, places }) => progress?.('searching', searched, places),
    ...(signal === undefined ? {} : { signal }),
  });
  signal?.throwIfAborted();
  return { ...spec, crowd };
}

function memberPlan({ mailbox, name, url, login }: SearchPlace): MemberPlan {
  return {
    mailbox,
    calendar: name,
    calendarUrl: url,
    sources: [],
    stage: 0,
    origin: new URL(url).origin,
    login: { ...login, url },
    notCarried: [],
    problem: null,
  };
}
