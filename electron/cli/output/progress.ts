import type { Progress } from '../../engine/types.ts';
import type { CliIo } from '../io.ts';

/** How far a plan is, on one line of a terminal; elsewhere nobody reads it. */
export function progressTo(io: CliIo): Progress {
  if (io.stderr.isTTY !== true) return () => undefined;
  return (phase, done, of) => {
    // Planning is the last phase and short: its line only clears the one before.
    const many = done === 0 ? '…' : ` ${done}${of === null || of === 0 ? '' : ` of ${of}`}`;
    io.stderr.write(phase === 'planning' ? '\r\u001b[K' : `\r\u001b[K${phase}${many}`);
  };
}
