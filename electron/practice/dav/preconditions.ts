import { refusePlain } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import type { StoredObject } from '../store/model.ts';
import { etagHeader } from './properties.ts';
import type { Site } from '../site.ts';

const tags = (value: string): string[] => value.match(/(?:W\/)?"[^"]*"|\*|[^\s,"]+/g) ?? [];

/** If-Match and If-None-Match (RFC 9110 §13), If-Schedule-Tag-Match (RFC 6638 §8.3). Throws 412. */
export function checkConditions(site: Site, exchange: Exchange, object: StoredObject | undefined): void {
  const etag = object === undefined ? undefined : etagHeader(site, object);
  const strong = etag?.startsWith('W/') === true ? undefined : etag;
  const match = exchange.header('if-match');
  if (match !== undefined) {
    const holds = object !== undefined && tags(match).some((t) => t === '*' || (strong !== undefined && t === strong));
    if (!holds)
      throw refusePlain(412, object === undefined ? 'There is nothing here to match.' : 'The ETag is another one.');
  }
  const none = exchange.header('if-none-match');
  if (none !== undefined && object !== undefined) {
    const weak = (tag: string | undefined): string | undefined => tag?.replace(/^W\//, '');
    const reading = exchange.method === 'GET' || exchange.method === 'HEAD';
    const hit = tags(none).some((t) => t === '*' || (etag !== undefined && weak(t) === weak(etag)));
    if (hit && !reading) throw refusePlain(412, 'There is already an object here.');
  }
  const tag = exchange.header('if-schedule-tag-match');
  if (tag !== undefined) {
    const current = object?.scheduleTag;
    const holds = current !== undefined && current !== null && tags(tag).some((t) => t === `"${current}"`);
    if (!holds) throw refusePlain(412, 'The Schedule-Tag is another one.');
  }
}
