import type { PreparedJob } from '../engine/types.ts';
import type { ActiveBatches } from './runs/active-batches.ts';
import type { ActiveRuns } from './runs/active-runs.ts';
import { appHandlers } from './handlers/app.ts';
import { backupHandlers } from './handlers/backup.ts';
import { batchHandlers, type ShelvedBatch } from './handlers/batch.ts';
import { cleanupHandlers } from './handlers/cleanup.ts';
import { diagnosticsHandlers } from './handlers/diagnostics.ts';
import { findHandlers, type BackupPaths } from './handlers/find.ts';
import { missingHandlers } from './handlers/missing.ts';
import { historyHandlers } from './handlers/history.ts';
import { SavedReports } from './runs/report-file.ts';
import { mappingHandlers } from './handlers/mapping/mapping.ts';
import { askBeforeWrites } from './test-build.ts';
import { openMappings } from './mapping/books.ts';
import { migrateHandlers } from './handlers/migrate.ts';
import { planHandlers } from './handlers/plan.ts';
import { practiceHandlers } from './handlers/practice.ts';
import { rulesHandlers } from './handlers/rules.ts';
import { runHandlers } from './handlers/run.ts';
import { serverHandlers } from './handlers/server.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { sourceHandlers, takesSources, type SourcePaths } from './handlers/source.ts';
import { severalHandlers } from './handlers/several.ts';
import { Logins } from './servers/logins.ts';
import type { Ports } from './ports.ts';
import { Servers } from './servers/servers.ts';
import { HandleStore } from './runs/handle-store.ts';
import type { Handlers, Push } from './types.ts';

const SOURCES_KEPT = 20;
/** Lists of backups to look into. */
const LISTS_KEPT = 5;
/** A batch that waits for consent keeps the numbers of its calendars, and no plan of them. */
const BATCHES_KEPT = 4;
/** Said of a plan that is gone, of one calendar or of several. */
const PLAN_GONE = 'This plan is not current any more. Make it anew.';
/** A plan holds the index of everything that was read. */
const PLANS_KEPT = 3;

/** All routes over the given ports. That none is missing, and none too many, is checked by the type. */
export function createHandlers(ports: Ports, runs: ActiveRuns, push: Push, batches: ActiveBatches): Handlers {
  const servers = new Servers(ports);
  const sources = new HandleStore<SourcePaths>(SOURCES_KEPT, 'These files are not chosen any more. Choose them again.');
  const lists = new HandleStore<BackupPaths>(LISTS_KEPT, 'These backups are not chosen any more. Choose them again.');
  const plans = new HandleStore<PreparedJob>(PLANS_KEPT, PLAN_GONE, (job) => {
    // What is left behind is emptied by the engine at its next start.
    job.discard().catch(() => undefined);
  });
  const takeSource = takesSources(ports, sources, push);
  const logins = new Logins(ports, servers);
  const mappings = openMappings();
  const shelves = {
    plans,
    batches: new HandleStore<ShelvedBatch>(BATCHES_KEPT, PLAN_GONE, ({ batch }) => {
      batch.discard().catch(() => undefined);
    }),
  };
  const saved = new SavedReports(ports.desktop);
  const handlers: Handlers = {
    ...appHandlers(ports),
    ...serverHandlers(ports, servers),
    ...sourceHandlers(ports, takeSource),
    ...findHandlers(ports, lists, takeSource, push),
    ...missingHandlers(ports, servers, lists, takeSource, push),
    ...planHandlers(ports, servers, sources, plans, push),
    ...runHandlers(ports, servers, plans, runs),
    ...historyHandlers(ports, servers, plans, saved),
    ...practiceHandlers(ports),
    ...mappingHandlers(ports, servers, logins, mappings, push),
    ...migrateHandlers(ports, servers, logins, mappings, shelves, push),
    ...batchHandlers(ports, logins, shelves, batches, push, saved),
    ...backupHandlers(ports, servers, logins, shelves, push),
    ...cleanupHandlers(ports, servers, logins, mappings, shelves, push),
    ...severalHandlers(ports, servers, logins, sources, shelves, push),
    ...rulesHandlers(ports),
    ...diagnosticsHandlers(ports),
    ...settingsHandlers(ports, () => runs.active().length + batches.active().length > 0, takeSource),
  };
  return askBeforeWrites(handlers, ports);
}
