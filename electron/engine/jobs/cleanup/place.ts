import { behalfOf } from '../../../../shared/model/login.ts';
import type { CleanupSpec, SearchPlace } from '../../../../shared/model/batch/cleanup.ts';
import type { RunSpec } from '../../../../shared/model/job.ts';
import type { CollectionProperties } from '../../caldav/types.ts';
import { ownerOf, type Owner } from '../../search/owner.ts';

/** What all parts of a clean-up need to know of the people. */
export type PeopleSpec = Pick<CleanupSpec, 'aliases' | 'insideDomains'>;

/** Whose place it is, as the server says, the login and the administrator. */
export function ownerAt(place: SearchPlace, { ownerAddresses }: CollectionProperties, spec: PeopleSpec): Owner {
  const { aliases = [], insideDomains = [] } = spec;
  return ownerOf(place.login.user, [...ownerAddresses, ...aliases], insideDomains);
}

/** The clean-up of one place as the spec of its run: undo, resume and report need nothing else. Its rules stand in the notes of the plan. */
export function runSpecOf(spec: CleanupSpec, place: SearchPlace, concurrency: number): RunSpec {
  const { mode, assume, aliases, insideDomains } = spec;
  return {
    calendarUrl: place.url,
    user: place.login.actor,
    behalf: behalfOf(place.login),
    mode,
    identity: { kind: 'server' },
    concurrency,
    assume,
    ...(aliases === undefined ? {} : { aliases }),
    ...(insideDomains === undefined ? {} : { insideDomains }),
    ...(place.inbox ? { inbox: true } : {}),
  };
}
