import type { BackupProgress, Progress } from '../../engine/types.ts';
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

/** Shows how far a backup is on one line, where a person looks on. */
export function backupProgressTo(io: CliIo): BackupProgress {
  let shown = '';
  return (calendar, done, of) => {
    if (io.stderr.isTTY !== true) return;
    const line = `${calendar ?? 'reading back'} ${done}${of === null ? '' : ` of ${of}`}`;
    if (done % 20 !== 0 && done !== of) return;
    io.stderr.write(`\r${line.padEnd(shown.length)}`);
    shown = line;
    if (done === of) io.stderr.write('\n');
  };
}
