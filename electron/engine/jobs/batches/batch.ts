import { offeredWay } from '../../../../shared/model/login.ts';
import { Budgets } from '../../batch/pace/budgets.ts';
import { checkNumber } from '../../../../shared/model/consent.ts';
import { messagesLeftOf } from '../../batch/messages-left.ts';
import { openBatch } from '../../batch/kept/folder.ts';
import { prepareBatch } from '../../batch/prepare.ts';
import { checkResume, resumeBatch } from '../../batch/resume.ts';
import type { BatchHandle, BatchOrder, BatchPorts, Connect, MakeWork, PreparedBatch } from '../../batch/types.ts';
import type { EnginePorts, Progress } from '../../types.ts';
import { makerOf, plannerOf } from './kinds.ts';
import { resumeMember } from '../resume.ts';

/** Plans a batch. All its connections share the budget of requests of their origin. */
export async function planOrder(
  ports: EnginePorts,
  { kind, spec }: BatchOrder,
  connect: Connect,
  progress?: Progress,
  signal?: AbortSignal,
): Promise<PreparedBatch> {
  return planWork(ports, plannerOf(kind), spec, connect, progress, signal);
}

/** The same for a kind of batch that is not in the list. */
export async function planWork(
  ports: EnginePorts,
  make: MakeWork,
  spec: unknown,
  connect: Connect,
  progress?: Progress,
  signal?: AbortSignal,
): Promise<PreparedBatch> {
  const budgets = new Budgets();
  const work = await make(ports, spec, budgets.within(connect), progress, signal);
  return prepareBatch(batchPorts(ports), work, budgets, progress, signal);
}

/** Goes on with a batch that was stopped or whose process ended. `named`: the number of messages left to be sent. */
export async function resumeOrder(
  ports: EnginePorts,
  batchId: string,
  connect: Connect,
  named: number | null,
  make?: MakeWork,
): Promise<BatchHandle> {
  const batch = await openBatch(ports.runsDir, batchId);
  checkResume(batch);
  checkNumber(await messagesLeftOf(batch), named);
  for (const { login } of batch.head.members) if (login !== null) offeredWay(login.way);
  const { kind, spec } = batch.head;
  const budgets = new Budgets();
  const work = await (make ?? makerOf(kind))(ports, spec, budgets.within(connect));
  return resumeBatch(batchPorts(ports), batch, work, budgets);
}

function batchPorts(ports: EnginePorts): BatchPorts {
  return { ...ports, resumeRun: (runId, connection, pacer) => resumeMember(ports, runId, connection, pacer) };
}
