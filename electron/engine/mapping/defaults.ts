import type { Login } from '../../../shared/model/login.ts';
import type { MappingProblem, MappingRow, MigrateSpec, Move } from '../../../shared/model/batch/migrate.ts';
import type { Assumption, IdentityChoice } from '../../../shared/model/scheduling.ts';

/** A server, and how an administrator logs in there for each user; without one, every row brings its own password. */
export interface ServerDefault {
  /** May hold `{user}`: the place of the user's name in the address of a home. */
  readonly url: string;
  readonly credential: Login['credential'];
  readonly admin: Pick<Login, 'way' | 'actor' | 'template' | 'secret'> | null;
}

/** What holds for every row that does not say otherwise. */
export interface MappingDefaults {
  readonly target: ServerDefault | null;
  /** The old server, for rows whose source is an address. */
  readonly source: ServerDefault | null;
  readonly mode: MigrateSpec['mode'];
  readonly identity: IdentityChoice;
  /** Relative paths begin here. */
  readonly baseDir: string;
  readonly assume: readonly Assumption[];
}

/** Where a test event of one user would be written. Names a secret, and holds none. */
export interface TestPlace {
  readonly login: Login;
  readonly calendarUrl: string;
}

/** What became of one row. */
export interface ResolvedRow {
  readonly row: MappingRow;
  /** Empty when there is a problem. */
  readonly moves: readonly Move[];
  readonly problems: readonly MappingProblem[];
  /** What a person should know, one sentence each. */
  readonly notes: readonly string[];
  /** The server did not let the login in, or it was not tried since others were refused. */
  readonly refusedLogin?: boolean;
  /** The server is not known to keep the mode, and a test event here may show that it does. */
  readonly test?: TestPlace;
}

/** What became of all rows. */
export interface ResolvedRows {
  readonly moves: readonly Move[];
  readonly problems: readonly MappingProblem[];
  readonly rows: readonly ResolvedRow[];
  readonly notes: readonly string[];
}

export interface ResolvedMapping extends ResolvedRows {
  /** The rows that cannot be used, as a migration counts them. */
  readonly leftOut: NonNullable<MigrateSpec['leftOut']>;
}
