import type { RequestKind } from '../../electron/practice/index.ts';
import type { Ended, Scene } from './scene.ts';

/** One job of the matrix: one command line on a calendar that somebody else's bend lies about. */
export interface Job {
  readonly name: string;
  /** The server whose answers are bent. */
  readonly bends: 'here' | 'there';
  /** Requests that the job sends there, as its run on a sound server shows; others have no meaning in it. */
  readonly sends: readonly RequestKind[];
  /** The object that bends of one response are about: a regular expression over its name. */
  readonly object: string;
  /** The same for GET, where the job reads another object by GET. */
  readonly gets?: string;
  /** It takes all calendars that it finds: of a home that it cannot see it must speak. */
  readonly looksForCalendars?: boolean;
  /** What went before, on a sound server. Gives what the job needs to know of it. */
  prepare(scene: Scene): Promise<string>;
  run(scene: Scene, prepared: string): Promise<Ended>;
  /** What is not as it must be after the run, one sentence each; nothing is bent any more. */
  check(scene: Scene, ended: Ended, prepared: string): Promise<readonly string[]>;
}
