import type { Connect, Engine } from '../../engine/engine.ts';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SearchPlace } from '../../../shared/model/batch/cleanup.ts';
import { toFailure } from '../../../shared/model/failure.ts';
import type { Login } from '../../../shared/model/login.ts';
import { originOf } from '../../../shared/text/address.ts';
import { calendarName } from '../../../shared/text/display-names.ts';
import { UsageError, type ParsedArgs } from '../options/args.ts';
import { calendarUrl } from '../options/connection.ts';
import { tell, type CliIo } from '../io.ts';
import { destinationText, type NamedPassword } from '../output/destinations.ts';

/** Where a clean-up looks. */
interface Places {
  readonly places: readonly SearchPlace[];
  /** Users whose calendars could not be looked for; said on standard error. */
  readonly missed: number;
}

/** Users whose logins are asked for their calendars at the same time. */
const AT_ONCE = 4;

/**
 * The places that the arguments name: calendars by their URL, or all calendars of users. One user that cannot be reached
 * costs no other.
 *
 * @param base how the arguments say to log in, for the user they name
 */
export async function readPlaces(
  args: ParsedArgs,
  io: CliIo,
  base: Login,
  engine: Engine,
  connect: Connect,
): Promise<Places> {
  const inbox = args.flag('inbox');
  const urls = args.list('calendar').map(calendarUrl);
  if (urls.length > 0) {
    const named = urls.map((url) => ({ login: { ...base, url }, mailbox: base.user, url, ...NAMED(url) }));
    const inboxes = inbox ? (await engine.searchPlaces(base, connect)).filter((place) => place.inbox) : [];
    return { places: [...named, ...inboxes], missed: 0 };
  }
  const logins = await loginsOf(engine, args, io, base);
  if (args.text('mapping') !== undefined) for (const one of destinationsOf(logins)) tell(io, destinationText(one));
  const found: (readonly SearchPlace[])[] = logins.map(() => []);
  let missed = 0;
  const next = logins.entries();
  const worker = async (): Promise<void> => {
    for (const [at, login] of next) {
      try {
        found[at] = (await engine.searchPlaces(login, connect)).filter((place) => inbox || !place.inbox);
      } catch (error) {
        missed += 1;
        tell(io, `${login.user}: ${toFailure(error).message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, logins.length) }, worker));
  return { places: found.flat(), missed };
}

const NAMED = (url: string): Pick<SearchPlace, 'name' | 'inbox'> => ({ name: calendarName('', url), inbox: false });

/** The first user that the arguments name, so that a login can be read; undefined: the one of `--user`. */
export async function firstUser(engine: Engine, args: ParsedArgs, io: CliIo): Promise<NamedUser | undefined> {
  return (await usersOf(engine, args, io))?.[0];
}

async function loginsOf(engine: Engine, args: ParsedArgs, io: CliIo, base: Login): Promise<readonly Login[]> {
  const users = await usersOf(engine, args, io);
  if (users === null) return [base];
  return users.map(({ user, secret }) => {
    const url = base.url.replaceAll('{user}', encodeURIComponent(user));
    const own = base.way === 'own' || secret !== '';
    const login: Login = own
      ? {
          url,
          user,
          way: 'own',
          actor: user,
          credential: base.credential,
          secret: secret === '' ? base.secret : secret,
        }
      : { ...base, url, user };
    return login;
  });
}

/** Which variables go where, each with the users that it is for. */
function destinationsOf(logins: readonly Login[]): readonly NamedPassword[] {
  const found = new Map<string, { secret: string; origin: string; users: string[] }>();
  for (const { secret, url, user } of logins) {
    if (secret === '') continue;
    const origin = originOf(url);
    const key = JSON.stringify([secret, origin]);
    const one = found.get(key) ?? { secret, origin, users: [] };
    found.set(key, { ...one, users: [...one.users, user] });
  }
  return [...found.values()];
}

export interface NamedUser {
  readonly user: string;
  /** An environment variable; empty: the secret of the command line. */
  readonly secret: string;
}

/** `--users` and `--mapping`, each user once; null where neither is given. */
async function usersOf(engine: Engine, args: ParsedArgs, io: CliIo): Promise<readonly NamedUser[] | null> {
  const [users, file] = [args.text('users'), args.text('mapping')];
  if (users !== undefined && file !== undefined) throw new UsageError('Give --users or --mapping, not both.');
  if (file !== undefined) return usersOfMapping(engine, await textOf(file, io, 'mapping'), io);
  if (users === undefined) return null;
  const text = await textOf(users, io, 'users').catch(() => users);
  const names = [...new Set(text.split(/[\s,;]+/).filter((name) => name !== ''))];
  if (names.length === 0)
    throw new UsageError('--users takes names with commas between them, or a file with one a line.');
  return names.map((user) => ({ user, secret: '' }));
}

function usersOfMapping(engine: Engine, text: string, io: CliIo): readonly NamedUser[] {
  const { rows, problems } = engine.mappings.read(text);
  for (const { line, column, message } of problems) tell(io, `Line ${line}, ${column}: ${message}`);
  if (problems.length > 0) throw new UsageError('The mapping has rows that cannot be used; nothing was done.');
  const users = new Map(rows.map(({ user, secret }) => [user, { user, secret }]));
  return [...users.values()];
}

async function textOf(file: string, io: CliIo, option: string): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, file), 'utf8');
  } catch {
    throw new UsageError(`The file of --${option} cannot be read: ${file}.`);
  }
}
