import { openStore, type StoreOptions } from '../caldav/objects/store.ts';
import type { CalendarStore, Connection } from '../caldav/types.ts';
import { recogniseAddress } from './recognise.ts';

/**
 * Opens one collection, as a server at such an address has to be talked to. Connects with the first request.
 *
 * @throws HushError `URL_INVALID`, `SERVER_INSECURE`
 */
export function openCalendar(url: string, connection: Connection, options: StoreOptions = {}): CalendarStore {
  const oneShot = recogniseAddress(url)?.closesSilently !== undefined;
  return openStore(url, connection, { oneShot, ...options });
}
