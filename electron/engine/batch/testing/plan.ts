import { resumeMember } from '../../jobs/resume.ts';
import { Budgets } from '../pace/budgets.ts';
import { prepareBatch } from '../prepare.ts';
import type { BatchPorts, Connect, MakeWork, PreparedBatch } from '../types.ts';

/** Plans a batch with ports of the test's own: another clock, another haste. */
export async function planBatchOf(
  ports: Omit<BatchPorts, 'resumeRun'>,
  make: MakeWork,
  spec: unknown,
  connect: Connect,
): Promise<PreparedBatch> {
  const budgets = new Budgets();
  const work = await make(ports, spec, budgets.within(connect));
  const whole = {
    ...ports,
    resumeRun: (...[id, to, pacer]: Parameters<BatchPorts['resumeRun']>) => resumeMember(ports, id, to, pacer),
  };
  return prepareBatch(whole, work, budgets);
}
