import { HushError } from '../../shared/model/failure.ts';
import type { SearchPlace } from '../../shared/model/cleanup.ts';
import { openStore } from '../engine/caldav/store.ts';
import { eventText } from '../engine/icalendar/event-text.ts';
import type { Logins } from './logins.ts';

/** One object as plain text: nothing in it is rendered, nothing it names is fetched. Throws HushError when it is gone. */
export async function previewText(place: SearchPlace, href: string, logins: Logins): Promise<string> {
  const store = openStore(
    place.url,
    logins.connect({ ...place.login, url: place.url }),
    place.inbox ? { kind: 'inbox' } : {},
  );
  try {
    const object = await store.get(href);
    if (object === null) throw gone();
    return eventText(object.bytes.toString('utf8')).lines.join('\n');
  } finally {
    await store.close();
  }
}

export function gone(): HushError {
  return new HushError({
    code: 'EVENT_GONE',
    message: 'This event is not there any more. Search again to see what is.',
    reaction: 'fix-input',
  });
}
