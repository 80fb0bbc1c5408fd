import type { Connection } from '../../caldav/types.ts';
import type { EnginePorts } from '../../types.ts';
import { openTarget, type OpenTarget, type TargetSpec } from './target.ts';

interface Opening {
  readonly spec: TargetSpec;
  readonly connection: Connection;
  readonly ports: Pick<EnginePorts, 'now' | 'runsDir'>;
  /** What else the result takes over; it is closed together with the calendar. */
  readonly others?: readonly { close(): Promise<void> }[];
}

/**
 * Opens a calendar for some work, whose result takes it over: it stays open when the work succeeds, and is closed when it
 * throws. Throws what `openTarget` and the work throw.
 */
export async function withTarget<T>(
  { spec, connection, ports, others = [] }: Opening,
  work: (target: OpenTarget) => Promise<T>,
): Promise<T> {
  const target = await openTarget(spec, connection, ports);
  try {
    return await work(target);
  } catch (error) {
    await Promise.all([target, ...others].map((one) => one.close()));
    throw error;
  }
}
