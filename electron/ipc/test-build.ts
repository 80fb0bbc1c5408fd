import { HushError } from '../../shared/model/failure.ts';
import type { Ports } from './ports.ts';
import type { Handlers } from './types.ts';

/**
 * The same handlers, of which those that write to a server ask first whether they may, where there is another one than the
 * practice server: a build on an old runtime is for tests.
 */
export function askBeforeWrites(handlers: Handlers, { desktop, book }: Pick<Ports, 'desktop' | 'book'>): Handlers {
  const asked =
    <I, O>(handler: (input: I) => Promise<O>) =>
    async (input: I): Promise<O> => {
      if (book.list().length === 0 || (await desktop.mayWrite())) return handler(input);
      throw new HushError({
        code: 'TEST_BUILD',
        message: 'Nothing was written: this is a test build on an old runtime. Use a build that is made for real work.',
        reaction: 'fix-input',
      });
    };
  return {
    ...handlers,
    'run.start': asked(handlers['run.start']),
    'run.resume': asked(handlers['run.resume']),
    'batch.start': asked(handlers['batch.start']),
    'batch.resume': asked(handlers['batch.resume']),
    'server.canary': asked(handlers['server.canary']),
    'mapping.canary': asked(handlers['mapping.canary']),
  };
}
