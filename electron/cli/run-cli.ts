import { COMMAND_NAMES, loadCommand } from './commands.ts';
import { EXIT, print, tell, type CliIo } from './io.ts';
import { commandHelp, overview } from './output/help/help.ts';
import { helpData } from './output/help/help-data.ts';
import { jsonLine } from './output/json-line.ts';
import { CLI_VERSION } from './version.ts';

/**
 * Runs one command line. Gives the exit code (docs/exit-codes.md); never throws, and never shows a stack: what goes wrong is one
 * sentence on standard error.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const [name = '', ...rest] = argv;
  if (name === '--version') {
    await print(io, `hushcal ${CLI_VERSION}`);
    return EXIT.done;
  }
  if (name === '--help' || name === '-h' || name === 'help') return help(rest, io);
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

/** `hushcal help`, also of one command, and all of it for programs. */
async function help([what, ...rest]: readonly string[], io: CliIo): Promise<number> {
  if (what === '--json' && rest.length === 0) {
    await print(io, jsonLine(helpData(CLI_VERSION, await usages())));
    return EXIT.done;
  }
  const command = what === undefined ? null : await loadCommand(what);
  if (what !== undefined && command === null) {
    tell(io, `There is no command "${what}".\n\n${overview()}`);
    return EXIT.nothingWritten;
  }
  await print(io, what === undefined || command === null ? overview() : commandHelp(what, command.usage));
  return EXIT.done;
}

async function usages(): Promise<ReadonlyMap<string, string>> {
  const commands = COMMAND_NAMES.map(async (name) => [name, (await loadCommand(name))?.usage ?? ''] as const);
  return new Map(await Promise.all(commands));
}
