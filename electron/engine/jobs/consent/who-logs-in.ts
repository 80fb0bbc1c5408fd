import type { RunSpec } from '../../../../shared/model/job.ts';
import type { Connection } from '../../caldav/types.ts';

/**
 * Who logs in, how and for whom: part of what is consented to, since another login may act with other rights. Never a
 * secret; the same for the same login.
 */
export function whoLogsIn(
  { behalf }: Pick<RunSpec, 'behalf'>,
  { user, authorizeAs }: Pick<Connection, 'user' | 'authorizeAs'>,
): readonly string[] {
  return [user, authorizeAs ?? '', behalf?.way ?? 'own', behalf?.user ?? '', behalf?.template ?? ''];
}
