import { loadCommand } from './commands.ts';
import { EXIT, print, tell, type CliIo } from './io.ts';
import { commandHelp, overview } from './output/help.ts';

/**
 * Runs one command line. Gives the exit code (docs/exit-codes.md); never throws, and never shows a stack: what goes wrong is one
 * sentence on standard error.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const [name = '', ...rest] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    await print(io, overview());
    return EXIT.done;
  }
  const command = await loadCommand(name);
  if (command === null) {
    tell(io, name === '' ? overview() : `There is no command "${name}".\n\n${overview()}`);
    return EXIT.nothingWritten;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    await print(io, commandHelp(name, command.usage));
    return EXIT.done;
  }
  // Not when it is needed: by then a newer version may stand in the place of this one.
  const { explain } = await import('./explain.ts');
  try {
    return await command.run(rest, io);
  } catch (error) {
    return explain(error, name, rest, io);
  }
}
