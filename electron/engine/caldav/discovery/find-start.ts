import { HushError } from '../../../../shared/model/failure.ts';
import { withoutEnd } from '../../../../shared/text/text.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { propfind } from '../answers/propfind.ts';
import { CALDAV, DAV } from '../answers/xml.ts';
import type { Http } from '../transport/http.ts';
import type { Discovery } from '../transport/tsdav-adapter.ts';
import { hrefIn, isWritableKind } from './calendar-info.ts';
import { isWrongAddress } from './wrong-address.ts';

/** Where the looking begins, and what it says of itself. */
interface Start {
  readonly path: string;
  readonly response: DavResponse;
}

/**
 * The first place that answers as DAV and knows the user: what was typed; where it is a folder, what Nextcloud and ownCloud
 * have in theirs; else where the well-known address leads.
 */
export async function findStart(http: Http, tsdav: Discovery, typed: URL): Promise<Start> {
  const tried: string[] = [];
  let first: HushError | null = null;
  const tryOut = async (path: string, isGuess = false): Promise<Start | null> => {
    if (tried.includes(path)) return null;
    tried.push(path);
    try {
      const start = await look(http, path);
      return knowsUser(start.response) ? start : null;
    } catch (error) {
      // A place that nobody named may lead anywhere, to a page to log in at, too.
      if (isGuess && error instanceof HushError && error.failure.code === 'SERVER_REDIRECTED') return null;
      if (!isWrongAddress(error)) throw error;
      first ??= error;
      return null;
    }
  };
  const asTyped = await tryOut(typed.pathname);
  if (asTyped !== null) return asTyped;
  const folder = withoutEnd(typed.pathname, '/');
  for (const inside of folder === '' ? [] : IN_FOLDER) {
    const start = await tryOut(folder + inside, true);
    if (start !== null) return start;
  }
  const root = new URL(await wellKnown(http, tsdav, typed)).pathname;
  const start = await tryOut(root);
  if (start !== null) return start;
  throw nowhere(first, typed, tried);
}

const IN_FOLDER = ['/.well-known/caldav', '/remote.php/dav/'];

/** With what was tried, where that is more than what was typed. */
function nowhere(first: HushError | null, typed: URL, tried: readonly string[]): HushError {
  const failure = first?.failure ?? {
    code: 'SERVER_NOT_CALDAV' as const,
    message: `${typed.href} does not say which calendars you have. Enter the address of the calendar itself.`,
    reaction: 'fix-input' as const,
  };
  const list = tried.length > 1 ? ` Tried were ${tried.join(', ')}.` : '';
  return new HushError({ ...failure, message: failure.message + list }, { cause: first });
}

const WHERE_PROPS = ['D:resourcetype', 'D:current-user-principal', 'C:calendar-home-set', 'D:owner'] as const;

async function look(http: Http, path: string): Promise<Start> {
  const { answer, responses } = await propfind(http, path, '0', WHERE_PROPS);
  const [response] = responses;
  if (response !== undefined) return { path: answer.path, response };
  throw new HushError({
    code: 'SERVER_NOT_CALDAV',
    message: `${http.origin}${path} answers, but says nothing about itself. Check the address.`,
    reaction: 'fix-input',
  });
}

function knowsUser(response: DavResponse): boolean {
  return (
    hrefIn(propOf(response, DAV, 'current-user-principal')) !== null ||
    propOf(response, CALDAV, 'calendar-home-set') !== null ||
    isWritableKind(response)
  );
}

/** Asks `/.well-known/caldav` by tsdav; a redirect to another origin is refused by name and not followed. */
async function wellKnown(http: Http, tsdav: Discovery, typed: URL): Promise<string> {
  const root = await tsdav.root(typed.href);
  const target = new URL(root);
  if (target.origin === http.origin) return root;
  throw new HushError({
    code: 'SERVER_REDIRECTED',
    message:
      `${http.origin} sends calendar clients on to ${target.origin}${target.pathname}. ` +
      'The password was not sent there. If you trust that address, enter it instead.',
    reaction: 'fix-input',
  });
}
