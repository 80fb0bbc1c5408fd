import { HushError } from '../../../shared/model/failure.ts';
import type { PreparedJob } from '../../engine/types.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import type { Ports } from '../ports.ts';
import type { Servers } from '../servers/servers.ts';
import type { HandleStore } from '../runs/handle-store.ts';
import type { HandlersOf, Push } from '../types.ts';
import type { SourcePaths } from './source.ts';

export function planHandlers(
  { engine, tempDir, recents }: Pick<Ports, 'engine' | 'tempDir' | 'recents'>,
  servers: Servers,
  sources: HandleStore<SourcePaths>,
  plans: HandleStore<PreparedJob>,
  push: Push,
): HandlersOf<'plan'> & HandlersOf<'restore'> {
  return {
    'restore.plan': async (input) => {
      const server = servers.info(input.serverId);
      if (!URL.canParse(input.calendarUrl)) throw noCalendar();
      const spec = {
        sources: sources.get(input.sourceId),
        calendarUrl: input.calendarUrl,
        user: server.user,
        behalf: servers.behalf(server.id, input.forUser),
        mode: input.mode,
        identity: input.identity,
        onConflict: input.onConflict,
        only: input.only,
        since: input.since,
        makeCalendar: input.makeCalendar,
        aliases: input.aliases,
        insideDomains: input.insideDomains,
        workaround: input.workaround,
        rewrites: input.rewrites,
        concurrency: servers.connections,
        assume: server.assumeNoMailHook ? (['no-mail-hook'] as const) : [],
      };
      if (!server.practice)
        await recents.noteServer(server.id, `${server.name} (${server.user})`).catch(() => undefined);
      const connection = servers.connectTo(server.id, input.calendarUrl, input.forUser);
      const job = await engine.prepareRestore(spec, connection, (phase, done, of) => {
        push('plan.progress', { phase, done, of });
      });
      return { planId: plans.add(job), summary: job.summary };
    },
    'plan.rows': async ({ planId, filter, offset, limit, sort }) => {
      const page = await plans.get(planId).rows(filter, offset, limit, sort ?? null);
      return { ...page, rows: [...page.rows] };
    },
    'plan.occurrences': ({ planId, filter, range }) => plans.get(planId).occurrences(filter, range),
    'plan.row': ({ planId, row }) => plans.get(planId).row(row),
    'plan.select': async ({ planId, rows, include }) => {
      const job = plans.get(planId);
      await job.select(rows, include);
      return { planId, summary: job.summary };
    },
    'plan.resolve': async ({ planId, rows, choice }) => {
      const job = plans.get(planId);
      await job.resolve(rows, choice);
      return { planId, summary: job.summary };
    },
    'plan.rehearse': ({ planId }) =>
      rehearse(plans.get(planId), {
        tempDir,
        progress: (phase, done, of) => {
          push('plan.progress', { phase, done, of });
        },
      }),
    'plan.discard': ({ planId }) => {
      plans.discard(planId);
      return Promise.resolve({});
    },
  };
}

function noCalendar(): HushError {
  return new HushError({
    code: 'CALENDAR_BAD_ADDRESS',
    message: 'Choose the calendar to restore into.',
    reaction: 'fix-input',
  });
}
