import type { Connect, Engine } from '../../engine/engine.ts';
import { originOf } from '../../../shared/text/address.ts';
import type { ParsedArgs } from './args.ts';
import { tell, type CliIo } from '../io.ts';
import { connections, readSecret, SECRET_OPTIONS } from './login.ts';
import { mayName, variableOf } from './variables.ts';

/**
 * How the logins of an earlier run become connections: each by the environment variable that is kept of it, where a file
 * may name it and it is set, else by the one secret that the arguments give. Throws UsageError for an argument that is
 * wrong; a login without a secret fails when it is used.
 */
export async function readConnect(
  engine: Pick<Engine, 'connection' | 'tokensOf'>,
  args: ParsedArgs,
  io: CliIo,
): Promise<Connect> {
  const isGiven = Object.keys(SECRET_OPTIONS).some((name) => args.text(name) !== undefined);
  const given = isGiven ? await readSecret(engine, args, io, false) : null;
  const most = connections(args);
  return (login) => {
    const isOwn = mayName(login.secret, args) && io.env[login.secret] !== undefined;
    if (given !== null && !isOwn) {
      return engine.connection({ ...login, credential: given.credential }, given.read, most);
    }
    const own = variableOf(login, args, io);
    return engine.connection(login, () => Promise.resolve(own), most);
  };
}

/** Users of one server that are named one by one. */
const NAMED = 10;

/** Says where a password is about to go, and as whom, before it goes: which logins there are comes from what a folder says. */
export function sayingWhere(connect: Connect, io: CliIo): Connect {
  const named = new Map<string, Set<string>>();
  return (login) => {
    const connection = connect(login);
    const origin = originOf(login.url);
    const actors = named.get(origin) ?? new Set<string>();
    named.set(origin, actors);
    const known = actors.size;
    actors.add(login.actor);
    if (actors.size > known && known < NAMED) tell(io, `Logging in to ${origin} as ${login.actor}.`);
    if (actors.size > known && known === NAMED)
      tell(io, `Logging in to ${origin} as others, who are not named one by one.`);
    return connection;
  };
}
