import type { Connection, Engine } from '../../engine/engine.ts';
import { CONNECTIONS } from '../../../shared/model/defaults.ts';
import { DEFAULT_TEMPLATE, loginOfRun, LOGIN_WAYS, type Login, offeredWay } from '../../../shared/model/login.ts';
import { oneOf, UsageError, wholeNumber, type OptionKinds, type ParsedArgs } from './args.ts';
import { tell, type CliIo } from '../io.ts';
import { mailDomain } from '../../../shared/text/address.ts';
import { NETWORK_OPTIONS, NETWORK_USAGE } from './network.ts';
import { readPassword } from './password.ts';

/** Where the secret comes from: options of every command that logs in. */
export const SECRET_OPTIONS = {
  'password-env': 'text',
  'token-env': 'text',
  'token-command': 'text',
} as const satisfies OptionKinds;
export const SECRET_USAGE = '--password-env VAR|--token-env VAR|--token-command CMD';

/** Who logs in, and for whom: options of every command that is told a server. */
export const LOGIN_OPTIONS = {
  ...SECRET_OPTIONS,
  ...NETWORK_OPTIONS,
  user: 'text',
  for: 'text',
  way: 'text',
  'login-template': 'text',
} as const satisfies OptionKinds;
export const LOGIN_USAGE = `--user U ${SECRET_USAGE} [--for USER --way direct|authorize-as|template [--login-template T]] ${NETWORK_USAGE}`;

/** A login without its secret, and the connection that it makes. */
interface ReadLogin {
  readonly login: Login;
  readonly connection: Connection;
}

/**
 * The login that the arguments describe. Throws UsageError.
 *
 * @param url a host, a base URL, a home, a calendar or a mail address
 * @param stdinIsSource standard input is what is restored, so it holds no password
 */
export async function readLogin(
  engine: Pick<Engine, 'connection' | 'findServer' | 'tokensOf'>,
  args: ParsedArgs,
  io: CliIo,
  url: string,
  stdinIsSource = false,
): Promise<ReadLogin> {
  const actor = args.required('user');
  const at = mailDomain(url) === null ? url : await serverOfMail(engine, url, io);
  const { credential, secret, read } = await readSecret(engine, args, io, stdinIsSource);
  const login: Login = { url: at, actor, credential, secret, ...wayOf(args, actor) };
  return { login, connection: engine.connection(login, read, connections(args)) };
}

/** Where the server of a mail address is. One outside its domain gets no password before a person has named it. */
export async function serverOfMail(engine: Pick<Engine, 'findServer'>, address: string, io: CliIo): Promise<string> {
  const { url, host, outside } = await engine.findServer(address);
  if (outside) {
    throw new UsageError(
      `The calendars of ${address} are on ${host}, which does not belong to that domain. If the password may go there, name it: ${url}`,
    );
  }
  tell(io, `The calendar server of ${address} is ${url}.`);
  return url;
}

/** The login of an earlier run; only its secret comes from the arguments. Throws UsageError. */
export async function readLoginAgain(
  engine: Pick<Engine, 'connection' | 'tokensOf'>,
  args: ParsedArgs,
  io: CliIo,
  run: Parameters<typeof loginOfRun>[0],
): Promise<ReadLogin> {
  const { credential, secret, read } = await readSecret(engine, args, io, false);
  const login = loginOfRun(run, credential, secret);
  return { login, connection: engine.connection(login, read, connections(args)) };
}

/** `--concurrency`, where the command has it. */
export function connections(args: ParsedArgs): number {
  const text = args.text('concurrency');
  return text === undefined ? CONNECTIONS : wholeNumber(text, 'concurrency', 1, 64);
}

function wayOf(args: ParsedArgs, actor: string): Pick<Login, 'user' | 'way' | 'template'> {
  const [user, text, template] = [args.text('for'), args.text('way'), args.text('login-template')];
  const way = text === undefined ? 'own' : oneOf(offeredWay(text), 'way', LOGIN_WAYS);
  if (way === 'own') {
    if (user !== undefined && user !== actor) {
      throw new UsageError(`--for ${user} needs --way: direct, authorize-as or template says how you act for them.`);
    }
    if (template !== undefined) throw new UsageError('--login-template goes with --way template.');
    return { user: actor, way };
  }
  if (user === undefined || user === '') throw new UsageError(`--way ${way} needs --for USER: whose calendar it is.`);
  if (way !== 'template' && template !== undefined) {
    throw new UsageError('--login-template goes with --way template.');
  }
  return { user, way, ...(way === 'template' ? { template: template ?? DEFAULT_TEMPLATE } : {}) };
}

interface Secret {
  readonly credential: Login['credential'];
  /** The name of the variable; empty for standard input and a command. */
  readonly secret: string;
  readonly read: Connection['password'];
}

/** The secret that the arguments name. Throws UsageError. */
export async function readSecret(
  engine: Pick<Engine, 'tokensOf'>,
  args: ParsedArgs,
  io: CliIo,
  stdinIsSource: boolean,
): Promise<Secret> {
  const given = Object.keys(SECRET_OPTIONS).filter((name) => args.text(name) !== undefined);
  if (given.length > 1)
    throw new UsageError(`Give one of ${given.map((name) => `--${name}`).join(' and ')}, not both.`);
  const command = args.text('token-command');
  if (command !== undefined) {
    if (command.trim() === '') throw new UsageError('--token-command takes a command that prints the token.');
    return { credential: 'token', secret: '', read: engine.tokensOf(command, io.env) };
  }
  const variable = args.text('token-env');
  if (variable !== undefined) {
    const token = io.env[variable]?.trim();
    if (token === undefined || token === '') {
      throw new UsageError(`The environment variable ${variable} is not set, so there is no token.`);
    }
    return { credential: 'token', secret: variable, read: () => Promise.resolve(token) };
  }
  const password = await readPassword(args, io, stdinIsSource);
  return { credential: 'password', secret: args.text('password-env') ?? '', read: () => Promise.resolve(password) };
}
