import type { Answer } from '../../http/answer.ts';
import type { Site } from '../../site.ts';

export const METHODS = [
  'OPTIONS',
  'GET',
  'HEAD',
  'PUT',
  'DELETE',
  'POST',
  'COPY',
  'MOVE',
  'PROPFIND',
  'PROPPATCH',
  'MKCALENDAR',
  'MKCOL',
  'REPORT',
] as const;

/** What OPTIONS says, on several DAV lines as real servers do; a product's own lines where one is played. */
export function options(site: Site): Answer {
  const scheduling = site.personality.schedules ? ['calendar-auto-schedule'] : [];
  const draft = site.personality.advertises ? ['scheduling-controls'] : [];
  const dav = [
    '1, 3, access-control, extended-mkcol',
    ['calendar-access', ...scheduling].join(', '),
    ['sync-collection', ...draft].join(', '),
  ];
  const { product } = site.personality;
  const headers = { DAV: product?.dav ?? dav, Allow: product?.allow ?? METHODS.join(', '), 'Content-Length': '0' };
  return { status: 200, headers: { ...headers, ...product?.options } };
}
