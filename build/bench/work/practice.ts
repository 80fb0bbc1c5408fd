import { runPracticeCommand } from '../../../electron/practice/command.ts';

process.exitCode = await runPracticeCommand(process.argv.slice(2));
// An open standard input would keep the process alive.
process.stdin.destroy();
