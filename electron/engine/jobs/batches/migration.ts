import { rm } from 'node:fs/promises';
import { migrateSpec, type MigrateSpec } from '../../../../shared/model/batch/migrate.ts';
import type { Connect, PreparedBatch } from '../../batch/types.ts';
import type { EnginePorts, Progress } from '../../types.ts';
import { planWork } from './batch.ts';
import { layOut, pullFolder } from '../migrate/lay-out.ts';
import { makeMigrate } from '../migrate/work.ts';

/**
 * Step 1 of a migration, planned: every calendar in place, and nobody outside hears of it. Nothing is written to the
 * new server; what came from the old one is kept beside the batch, and goes when the plan is put away.
 *
 * @throws HushError when nothing can be planned
 */
export async function prepareMigration(
  ports: EnginePorts,
  spec: MigrateSpec,
  connect: Connect,
  progress?: Progress,
  signal?: AbortSignal,
): Promise<PreparedBatch> {
  const folder = pullFolder(ports.runsDir);
  const drop = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const laid = await layOut(ports, migrateSpec.parse(spec), connect, folder, progress, signal);
    const batch = await planWork(ports, makeMigrate, laid, connect, progress, signal);
    let started = false;
    return {
      ...batch,
      async start(consent) {
        const handle = await batch.start(consent);
        started = true;
        return handle;
      },
      async discard() {
        await batch.discard();
        if (!started) await drop();
      },
    };
  } catch (error) {
    await drop();
    throw error;
  }
}
