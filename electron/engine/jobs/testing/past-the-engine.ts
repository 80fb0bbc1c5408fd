import type { World } from './world.ts';

/* What alice's server holds beside her calendar, asked past the engine. */

/** A request as alice. */
export async function plain(
  world: World,
  method: string,
  path: string,
  body?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { password } = world.server.info.users.find(({ user }) => user === 'alice') ?? { password: '' };
  const authorization = `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'text/calendar', 'scheduling-enabled': 'F', depth: '1', ...more };
  return fetch(new URL(path, world.calendarUrl), { method, headers, ...(body === undefined ? {} : { body }) });
}

const QUERY =
  '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/></D:prop>' +
  '<C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>';

/** Hrefs of what lies in the trash bin. */
export async function inBin(world: World): Promise<readonly string[]> {
  const text = await (await plain(world, 'REPORT', '../trashbin/objects/', QUERY)).text();
  return [...text.matchAll(/<D:response><D:href>([^<]*)/g)].map((found) => found[1] ?? '');
}

/** Titles of what lies in the trash bin. */
export async function binned(world: World): Promise<readonly string[]> {
  const texts = await Promise.all((await inBin(world)).map(async (href) => (await plain(world, 'GET', href)).text()));
  return texts.map((text) => /^SUMMARY:(.*?)\r?$/m.exec(text)?.[1] ?? '');
}
