import { originOf } from '../../../shared/text/address.ts';
import type { Login } from '../../../shared/model/login.ts';
import { isUrl, type MappingRow } from '../../../shared/model/batch/migrate.ts';
import type { ServerDefault } from './defaults.ts';
import { RowRefusal } from './refusal.ts';

/*
 * A mapping is a file that anybody may have written. A secret that it names goes only to a server that was named beside it:
 * that of the new side, or that of the old side, never the other one, and never one that a cell alone names.
 */

/** How the new server is logged in to for one row. Throws RowRefusal. */
export function targetLogin(row: MappingRow, target: ServerDefault | null): Login {
  const typed = isUrl(row.calendar) ? row.calendar : null;
  const url = typed ?? target?.url;
  if (url === undefined) {
    throw new RowRefusal(
      'calendar',
      'It is not known on which server this calendar is: name the new server, or give a whole URL.',
    );
  }
  if (row.secret !== '') {
    const credential = row.credential ?? target?.credential ?? 'password';
    const login = own(withUser(url, row.user), row.user, row.secret, credential);
    return bound(login, target, 'secret');
  }
  return byAdmin(url, row.user, target, 'secret');
}

/** How the old server is logged in to for one row whose source is an address. Throws RowRefusal. */
export function sourceLogin(row: MappingRow, source: ServerDefault | null): Login {
  const user = row.sourceUser === '' ? row.user : row.sourceUser;
  if (row.sourceSecret !== '') {
    const credential = source?.credential ?? 'password';
    return bound(own(withUser(row.source, user), user, row.sourceSecret, credential), source, 'sourceSecret');
  }
  return byAdmin(row.source, user, source, 'sourceSecret');
}

/** The administrator's password goes to the administrator's server and to no other one that a cell may name. */
function byAdmin(url: string, user: string, server: ServerDefault | null, field: 'secret' | 'sourceSecret'): Login {
  if (server?.admin === null || server === null) {
    throw new RowRefusal(field, `There is no password for ${user}: name an environment variable that holds it.`);
  }
  if (originOf(url) !== originOf(server.url)) {
    throw new RowRefusal(
      field,
      `The administrator's password is for ${originOf(server.url)} only, and the row is on ${originOf(url)}.`,
    );
  }
  const { way, actor, template, secret } = server.admin;
  const login = { url: withUser(url, user), user, way, actor, credential: server.credential, secret };
  return template === undefined ? login : { ...login, template };
}

/** The same login, where its server is the one of its side. */
function bound(login: Login, server: ServerDefault | null, field: 'secret' | 'sourceSecret'): Login {
  const origin = originOf(login.url);
  if (server !== null && origin === originOf(server.url)) return login;
  const side = field === 'secret' ? 'new' : 'old';
  throw new RowRefusal(
    field,
    server === null
      ? `A password goes only to a server that is named beside the list: name ${origin} as the ${side} server if it is meant.`
      : `The passwords of this side are for ${originOf(server.url)} only, and the row is on ${origin}.`,
  );
}

function own(url: string, user: string, secret: string, credential: Login['credential']): Login {
  return { url, user, way: 'own', actor: user, credential, secret };
}

function withUser(url: string, user: string): string {
  return url.replaceAll('{user}', encodeURIComponent(user));
}
