import { options } from './dav/methods/options.ts';
import { copyOrMove } from './dav/methods/copy-move.ts';
import { remove } from './dav/methods/delete.ts';
import { mkcalendar } from './dav/methods/mkcalendar.ts';
import { locate, ROOT, type Missing, type Resource } from './paths.ts';
import { post } from './dav/methods/outbox.ts';
import { propfind } from './dav/methods/propfind.ts';
import { proppatch } from './dav/methods/proppatch.ts';
import { put } from './dav/methods/put.ts';
import { read } from './dav/methods/read.ts';
import { report } from './dav/methods/report.ts';
import { requireRead, requireWrite } from './dav/rights.ts';
import { asSharee, atOwners, shareAt, withRights, type Share } from './dav/shares.ts';
import type { Call, Site } from './site.ts';
import { actingAddresses, NO_CONTROLS, readControls } from './scheduling/controls.ts';
import { ownerOf, principalPath } from './paths.ts';
import { key } from './xml/names.ts';
import { empty, json, refusePlain, type Answer } from './http/answer.ts';
import type { LoginCheck } from './http/auth.ts';
import type { Exchange } from './http/exchange.ts';

type Handler = (call: Call, target: Resource | Missing) => Answer;

const READERS: Readonly<Record<string, Handler>> = {
  GET: read,
  HEAD: read,
  REPORT: report,
  PROPFIND: (call, target) => {
    if (!('path' in target)) throw refusePlain(404, 'There is nothing here.');
    return propfind(call, target);
  },
};

const WRITERS: Readonly<Record<string, Handler>> = {
  PUT: put,
  POST: post,
  DELETE: remove,
  PROPPATCH: proppatch,
  MKCALENDAR: mkcalendar,
  MKCOL: mkcalendar,
  COPY: copyOrMove,
  MOVE: copyOrMove,
};

/** Whether a property of the calendar switches scheduling off there, on a server of that kind. */
function isSilenced({ personality }: Site, target: Resource | Missing): boolean {
  const { calendarSwitch } = personality;
  if (calendarSwitch === null || !('collection' in target)) return false;
  const value = target.collection.properties.get(key(calendarSwitch.ns, calendarSwitch.name));
  return calendarSwitch.values.includes(/>([^<>]*)</.exec(value ?? '')?.[1]?.trim() ?? '');
}

function write(site: Site, exchange: Exchange, handler: Handler, gate: LoginCheck, share?: Share): Answer {
  const actor = share === undefined ? gate.authenticate(exchange) : withRights(share.sharee);
  const asked = readControls(exchange, site.personality);
  const target = locate(site.store, exchange.path);
  const controls = isSilenced(site, target) ? { ...asked, mode: 'none' as const } : asked;
  requireWrite(site, actor, target, exchange.path);
  const owner = ownerOf(target);
  if (owner !== null) actingAddresses(controls, owner, principalPath(owner));
  return handler({ site, exchange, actor, controls, sharee: share?.sharee }, target);
}

/** Answers one request of a CalDAV client. Throws Refusal. */
export function route(site: Site, exchange: Exchange, gate: LoginCheck): Answer {
  const { method, path } = exchange;
  if (path === '/.well-known/caldav') return empty(301, { Location: ROOT });
  const page = method === 'GET' ? site.personality.product?.pages?.[path] : undefined;
  if (page !== undefined) return json(200, page);
  const share = shareAt(site, path);
  return share === undefined ? answerTo(site, exchange, gate) : throughShare(site, exchange, gate, share);
}

/** A share is one more address of a calendar, for one more person. */
function throughShare(site: Site, exchange: Exchange, gate: LoginCheck, share: Share): Answer {
  const actor = gate.authenticate(exchange);
  if (actor.user !== share.sharee.user) return answerTo(site, exchange, gate);
  return asSharee(answerTo(site, atOwners(exchange, share), gate, share), share);
}

function answerTo(site: Site, exchange: Exchange, gate: LoginCheck, share?: Share): Answer {
  const { method, path } = exchange;
  const writer = WRITERS[method];
  if (writer !== undefined) return write(site, exchange, writer, gate, share);
  const actor = share === undefined ? gate.authenticate(exchange) : withRights(share.sharee);
  if (method === 'OPTIONS') return options(site);
  const reader = READERS[method];
  if (reader === undefined) throw refusePlain(405, `${method} is not offered here.`);
  const target = locate(site.store, path);
  requireRead(actor, target, path);
  return reader({ site, exchange, actor, controls: NO_CONTROLS }, target);
}
