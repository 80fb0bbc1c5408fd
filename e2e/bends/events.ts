/** The objects of alice's calendar: UID → name as it stands in an href. The names are those that clients trip over. */
export const OBJECTS: Readonly<Record<string, string>> = {
  plain: 'plain.ics',
  'room/42': 'room%2F42.ics',
  'what?now': 'what%3Fnow.ics',
  '100%': '100%25.ics',
  'nr#5 b': 'nr%235%20b.ics',
  größe: 'gr%C3%B6%C3%9Fe%40home.ics',
  victim: 'victim%20one.ics',
};

/** The object that a bend of one response is about. */
export const VICTIM = '^victim';

/** An event of one UID; a later `version` is newer. */
export function event(uid: string, title = 'Planning', version = 0): string {
  return calendarOf([lines(uid, title, version)]);
}

/** A meeting that alice has with a guest outside. */
export function meeting(uid: string): string {
  const guests = [
    'ORGANIZER:mailto:alice@example.com',
    'ATTENDEE;PARTSTAT=ACCEPTED:mailto:alice@example.com',
    'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:guest@other.test',
  ];
  return calendarOf([[...lines(uid, 'Planning', 0), ...guests]]);
}

/** A backup file with several events. */
export function backupOf(events: readonly (readonly [uid: string, title: string, version: number])[]): string {
  return calendarOf(events.map((one) => lines(...one)));
}

/** The UID and the title in a text of one event. */
export function factsOf(text: string): { readonly uid: string; readonly title: string } {
  const plain = text.replace(/\r?\n[ \t]/g, '');
  const value = (name: string): string => new RegExp(`^${name}[^:\\r\\n]*:(.*?)\\r?$`, 'm').exec(plain)?.[1] ?? '';
  return { uid: value('UID'), title: value('SUMMARY') };
}

function lines(uid: string, title: string, version: number): readonly string[] {
  return [
    `UID:${uid}`,
    `DTSTAMP:2026010${1 + version}T000000Z`,
    `LAST-MODIFIED:2026010${1 + version}T000000Z`,
    `SEQUENCE:${version}`,
    'DTSTART:20370105T090000Z',
    'DTEND:20370105T100000Z',
    `SUMMARY:${title}`,
  ];
}

function calendarOf(events: readonly (readonly string[])[]): string {
  const body = events.flatMap((one) => ['BEGIN:VEVENT', ...one, 'END:VEVENT']);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...body, 'END:VCALENDAR', ''].join('\r\n');
}
