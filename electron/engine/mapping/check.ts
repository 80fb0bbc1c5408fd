import type { Login } from '../../../shared/model/login.ts';
import type { MappingRow } from '../../../shared/model/batch/migrate.ts';
import type { CanaryProof, IdentityChoice, SchedulingMode } from '../../../shared/model/scheduling.ts';
import type { Account, CollectionProperties } from '../caldav/types.ts';
import { collectionKey } from '../caldav/url.ts';
import { addressKey } from '../scheduling/addresses.ts';
import { assess } from '../scheduling/assurance.ts';
import { checkAddress, checkMode } from '../../../shared/model/scheduling-checks.ts';
import type { MappingDefaults } from './defaults.ts';
import type { From } from './from.ts';
import { takesEvents, type CalendarTarget } from './calendar-target.ts';
import { RowRefusal } from './refusal.ts';
import { formatNumber } from '../../../shared/words/format.ts';

/** Room below which a mailbox counts as full, in octets. */
const FULL = 1024;

export function identityOf({ identity }: MappingRow, defaults: MappingDefaults): IdentityChoice {
  if (identity === '') return defaults.identity;
  if (identity === 'server' || identity === 'match') return { kind: identity };
  return { kind: 'fixed', address: checkAddress(identity) };
}

/** The mode of the first act: for `auto`, silence, since most events take it. */
function modeOf({ mode }: MappingRow, defaults: MappingDefaults): SchedulingMode {
  const asked = mode === '' ? defaults.mode : mode;
  return asked === 'auto' ? 'none' : checkMode(asked);
}

/** What a row asks for: its own mode, else that of the migration. */
export function askedMode({ mode }: MappingRow, defaults: MappingDefaults): MappingDefaults['mode'] {
  const asked = mode === '' ? defaults.mode : mode;
  return asked === 'auto' ? asked : checkMode(asked);
}

/** Where one calendar goes, and what is known of the place. */
interface LookedAt {
  readonly place: CalendarTarget;
  readonly account: Account;
  readonly login: Login;
  /** Null for a calendar to be made. */
  readonly found: CollectionProperties | null;
  /** What a test event showed of this user's calendars. */
  readonly proof: CanaryProof | null;
}

/**
 * Rights, room, address and silence, before anything is planned. Throws RowRefusal.
 *
 * @returns what a person should know, one sentence each
 */
export function checkPlace(
  row: MappingRow,
  from: From,
  { place, account, login, found, proof }: LookedAt,
  defaults: MappingDefaults,
): readonly string[] {
  if (place.calendar?.writable === false || found?.info.writable === false) {
    throw new RowRefusal('calendar', `"${place.name}" is read-only for this login. Ask for the right to write.`);
  }
  checkRoom(from, found?.quotaAvailable ?? null);
  const addresses = [...new Set([...account.addresses, ...(found?.ownerAddresses ?? [])])];
  checkIdentity(identityOf(row, defaults), addresses);
  const capability = assess({ server: found?.evidence ?? account.evidence, assume: defaults.assume, proof });
  const verdict = capability.verdict(modeOf(row, defaults), ['create', 'update']);
  if (verdict.effective !== null) return verdict.assurance === 'proved' ? [verdict.because] : [];
  const calendarUrl = verdict.provable === true ? testCalendar(place, account) : null;
  if (calendarUrl === null) throw new RowRefusal('mode', verdict.because);
  throw new RowRefusal('mode', `${verdict.because} A test event may settle it.`, { test: { login, calendarUrl } });
}

/** Where the user has a test event: in the calendar that is meant, or, where that is to be made, in one that is surely theirs. */
function testCalendar({ calendar, url }: CalendarTarget, { calendars, defaultCalendar }: Account): string | null {
  if (calendar !== null) return url;
  const open = calendars.filter((one) => one.writable !== false && takesEvents(one));
  const key = typeof defaultCalendar === 'string' ? collectionKey(defaultCalendar) : null;
  const found = open.find((one) => collectionKey(one.url) === key) ?? (open.length === 1 ? open[0] : undefined);
  return found?.url ?? null;
}

function checkRoom({ bytes }: From, available: number | null): void {
  if (available === null) return;
  if (available < FULL) throw new RowRefusal('user', 'This mailbox is full: the server has no room left for it.');
  if (bytes === null || bytes <= available) return;
  throw new RowRefusal(
    'user',
    `This mailbox has room for ${formatNumber(available)} octets, and the source has ${formatNumber(bytes)}.`,
  );
}

function checkIdentity(identity: IdentityChoice, addresses: readonly string[]): void {
  if (identity.kind !== 'fixed' || addresses.length === 0) return;
  if (addresses.some((address) => addressKey(address) === addressKey(identity.address))) return;
  const known = addresses.filter((one) => !one.startsWith('/')).map((one) => one.replace(/^mailto:/i, ''));
  const plain = identity.address.replace(/^mailto:/i, '');
  throw new RowRefusal('identity', `${plain} is not an address of this user, who is known as ${known.join(', ')}.`);
}
