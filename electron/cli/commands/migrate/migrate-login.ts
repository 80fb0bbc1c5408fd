import type { Connect, Engine, ServerDefault } from '../../../engine/engine.ts';
import { DEFAULT_TEMPLATE, LOGIN_WAYS, type Login, offeredWay } from '../../../../shared/model/login.ts';
import { oneOf, UsageError, type OptionKinds, type ParsedArgs } from '../../options/args.ts';
import type { CliIo } from '../../io.ts';
import { mailDomain } from '../../../../shared/text/address.ts';
import type { MigrationProject } from '../../../../shared/model/batch/project.ts';
import { connections, serverOfMail } from '../../options/login.ts';
import { variableOf } from '../../options/variables.ts';

/** How an administrator logs in for everybody: on the new server, and with `source-` before it on the old one. */
export const MIGRATE_LOGIN_OPTIONS = {
  user: 'text',
  way: 'text',
  'login-template': 'text',
  'password-env': 'text',
  'token-env': 'text',
  'source-user': 'text',
  'source-way': 'text',
  'source-login-template': 'text',
  'source-password-env': 'text',
  'source-token-env': 'text',
} as const satisfies OptionKinds;
export const MIGRATE_LOGIN_USAGE =
  '[--user ADMIN --way direct|authorize-as|template --password-env VAR|--token-env VAR [--login-template T]]' +
  ' [--source-user ADMIN --source-way WAY --source-password-env VAR|--source-token-env VAR [--source-login-template T]]';

/** Both servers as the arguments describe them; null where every row brings its own. Throws UsageError. */
export function serverDefaults(
  args: ParsedArgs,
  project: MigrationProject | null = null,
): {
  readonly target: ServerDefault | null;
  readonly source: ServerDefault | null;
} {
  const source = defaultOf(args, 'source-server', 'source-', keptSide(project, 'source'));
  return { target: defaultOf(args, 'server', '', keptSide(project, 'target')), source };
}

/** A server of a project: its address, and the administrator where one logs in for everybody. */
interface KeptSide {
  readonly url: string | undefined;
  readonly actor: string | undefined;
  readonly way: string | undefined;
  readonly template: string | undefined;
}

const NOT_KEPT: KeptSide = { url: undefined, actor: undefined, way: undefined, template: undefined };

function keptSide(project: MigrationProject | null, side: 'target' | 'source'): KeptSide {
  const server = project?.[side] ?? null;
  const login = project?.setup[side] ?? null;
  // The practice server has no address that lasts.
  if (server === null || login === null || server.url === '') return NOT_KEPT;
  if (login.way === 'own') return { ...NOT_KEPT, url: server.url };
  return { url: server.url, actor: server.user, way: login.way, template: login.template };
}

function defaultOf(args: ParsedArgs, server: string, prefix: '' | 'source-', kept: KeptSide): ServerDefault | null {
  // Another server than the project's has another administrator.
  const { way: keptWay, template: keptTemplate, ...side } = args.text(server) === undefined ? kept : NOT_KEPT;
  const url = args.text(server) ?? side.url;
  const actor = args.text(`${prefix}user`) ?? side.actor;
  const [password, token] = [args.text(`${prefix}password-env`), args.text(`${prefix}token-env`)];
  if (url === undefined) {
    if (actor !== undefined) throw new UsageError(`--${prefix}user goes with --${server} URL.`);
    return null;
  }
  if (password !== undefined && token !== undefined) {
    throw new UsageError(`Give one of --${prefix}password-env and --${prefix}token-env, not both.`);
  }
  const credential: Login['credential'] = token === undefined ? 'password' : 'token';
  if (actor === undefined) return { url, credential, admin: null };
  const secret = password ?? token;
  if (secret === undefined) throw new UsageError(`--${prefix}password-env is missing: it names the variable.`);
  const text = args.text(`${prefix}way`) ?? keptWay ?? args.required(`${prefix}way`);
  const way = oneOf(
    offeredWay(text),
    `${prefix}way`,
    LOGIN_WAYS.filter((one) => one !== 'own'),
  );
  const template =
    way === 'template' ? { template: args.text(`${prefix}login-template`) ?? keptTemplate ?? DEFAULT_TEMPLATE } : {};
  return { url, credential, admin: { way, actor, secret, ...template } };
}

/** The same, where a mail address stands for a server. Throws UsageError for one outside the mail domain. */
export async function foundDefaults(
  engine: Pick<Engine, 'findServer'>,
  { target, source }: ReturnType<typeof serverDefaults>,
  io: CliIo,
): Promise<ReturnType<typeof serverDefaults>> {
  const found = async (server: ServerDefault | null): Promise<ServerDefault | null> =>
    server === null || mailDomain(server.url) === null
      ? server
      : { ...server, url: await serverOfMail(engine, server.url, io) };
  return { target: await found(target), source: await found(source) };
}

/**
 * Every login by the environment variable that it names, and by nothing else: an administrator's password never stands
 * in for one of a user. The administrator's is named on the command line, a user's in the mapping, which may not name
 * every one (see `variableOf`). A login without one fails when it is used.
 */
export function connectByName(engine: Engine, args: ParsedArgs, io: CliIo): Connect {
  const most = connections(args);
  return (login) => {
    const isNamedHere = login.way !== 'own' && login.secret !== '';
    const secret = (isNamedHere ? io.env[login.secret] : undefined) ?? variableOf(login, args, io);
    return engine.connection(login, () => Promise.resolve(secret), most);
  };
}
