import { createHash, timingSafeEqual } from 'node:crypto';
import type { Site } from '../site.ts';
import { empty, json, refusePlain, type Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { Fault, Faults } from './faults.ts';

/** What the endpoints beside CalDAV act on. */
interface Controlled {
  readonly site: Site;
  readonly faults: Faults;
  readonly reset: () => void;
  readonly state: () => unknown;
}

const ROOT = '/_practice/';

/** Where the controls are that want this token. */
export function controlPath(token: string): string {
  return `${ROOT}${token}/`;
}

/** Whether a request is meant for the controls, whatever its token. */
export function isControl(path: string): boolean {
  return path.startsWith(ROOT);
}

/** What of the path stands behind the token. Other users of this computer reach the port, and do not know the token. */
function afterToken(path: string, token: string): string {
  const [given = '', ...rest] = path.slice(ROOT.length).split('/');
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (rest.length !== 1 || !timingSafeEqual(digest(given), digest(token))) {
    throw refusePlain(
      403,
      'The address of the controls is messages_url in the line that the server prints at its start.',
    );
  }
  return rest[0] ?? '';
}

/**
 * No login is asked for here, but the token is in the address. A web page must not reach it all the same, so the Host must
 * be the loopback address and there may be no Origin.
 */
function requireLocal(exchange: Exchange): void {
  const host = (exchange.header('host') ?? '').replace(/:\d+$/, '');
  const local = host === '127.0.0.1' || host === 'localhost';
  // A browser names the page behind a request, or at least its kind, also where it sends no Origin.
  const fromPage =
    exchange.header('origin') !== undefined || !['none', undefined].includes(exchange.header('sec-fetch-site'));
  if (!local || fromPage) throw refusePlain(403, 'Only programs on this computer may ask this.');
}

function bodyOf(exchange: Exchange): unknown {
  try {
    return JSON.parse(exchange.body.toString('utf8'));
  } catch {
    throw refusePlain(400, 'The body is not JSON.');
  }
}

function setFaults(faults: Faults, list: readonly Fault[]): void {
  try {
    faults.set(list);
  } catch (error) {
    throw refusePlain(400, error instanceof Error ? error.message : String(error));
  }
}

/** Answers `/_practice/TOKEN/messages|faults|delay|state|reset`. */
export function control(exchange: Exchange, token: string, { site, faults, reset, state }: Controlled): Answer {
  requireLocal(exchange);
  switch (`${exchange.method} ${afterToken(exchange.path, token)}`) {
    case 'GET messages':
      return json(200, site.store.messages());
    case 'DELETE messages':
      site.store.clearMessages();
      return empty(204);
    case 'GET state':
      return json(200, state());
    case 'POST reset':
      reset();
      return empty(204);
    case 'GET faults':
      return json(200, faults.list());
    case 'POST faults':
      // A test interface: the caller is trusted to send the shape that README names.
      setFaults(faults, bodyOf(exchange) as readonly Fault[]);
      return empty(204);
    case 'DELETE faults':
      faults.set([]);
      return empty(204);
    case 'POST delay':
      faults.delayMs = (bodyOf(exchange) as { delayMs: number }).delayMs;
      return empty(204);
    default:
      throw refusePlain(404, 'There is nothing here.');
  }
}
