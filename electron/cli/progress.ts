import type { Progress } from '../engine/engine.ts';
import type { CliIo } from './io.ts';

/** How far a plan is, on one line of a terminal; elsewhere nobody reads it. */
export function progressTo(io: CliIo): Progress {
  if (io.stderr.isTTY !== true) return () => undefined;
  return (phase, done, of) => {
    io.stderr.write(`\r\u001b[K${phase} ${done === 0 ? '' : done}${of === null || of === 0 ? '' : ` of ${of}`}`);
    if (phase === 'planning') io.stderr.write('\r\u001b[K');
  };
}
