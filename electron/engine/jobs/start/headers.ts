import { HushError } from '../../../../shared/model/failure.ts';
import type { Verdict } from '../../../../shared/model/scheduling.ts';
import { leaksOf, type FindLeak } from '../../scheduling/notified/leaks.ts';
import type { Capability, NotifiedContext } from '../../scheduling/types.ts';
import type { RunStep } from '../../run/types.ts';

/** The scheduling headers of each write in a mode that is known to be honoured. Throws where it is not. */
export function headersOf(
  capability: Capability,
  verdict: Verdict,
): (step: RunStep) => Readonly<Record<string, string>> {
  const mode = verdict.effective;
  if (mode === null) {
    throw new HushError({ code: 'MODE_BLOCKED', message: verdict.because, reaction: 'stop-job' });
  }
  return ({ row }) => {
    if (row.action !== 'create' && row.action !== 'update' && row.action !== 'delete') {
      throw new Error(`row ${row.id} sends nothing`);
    }
    return capability.headers(mode, row.action, row.actingAs);
  };
}

/** What gives away, in an object that is read back, that the server does not keep the mode of the run. */
export function leaksIn({ effective }: Verdict, context: NotifiedContext): FindLeak | null {
  return effective === null ? null : leaksOf(effective, context);
}
