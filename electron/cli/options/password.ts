import { UsageError, type ParsedArgs } from './args.ts';
import type { CliIo } from '../io.ts';

/**
 * The password: from the environment variable that `--password-env` names, else from standard input when that is a pipe
 * or a file. Never from an argument, where every process of the machine could read it.
 */
export async function readPassword(args: ParsedArgs, io: CliIo, stdinIsSource: boolean): Promise<string> {
  const name = args.text('password-env');
  if (name !== undefined) {
    const value = io.env[name];
    if (value === undefined)
      throw new UsageError(`The environment variable ${name} is not set, so there is no password.`);
    return value;
  }
  if (io.stdin.isTTY === true || stdinIsSource) {
    throw new UsageError('No password was given. Put it into an environment variable and name it with --password-env.');
  }
  const text = await readAll(io);
  if (text === '') {
    throw new UsageError('No password came on standard input. Pipe it in, or name a variable with --password-env.');
  }
  return text.replace(/\r?\n$/, '');
}

async function readAll({ stdin }: CliIo): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  return Buffer.concat(chunks).toString('utf8');
}
