import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calendarText, inDays } from './backups.ts';

export const MAILBOXES = [
  ...['anna', 'ben', 'carla', 'david', 'elena', 'felix', 'greta', 'hugo', 'ines', 'jakob'],
  ...['klara', 'lukas', 'maria', 'nora', 'oskar', 'paula', 'quentin', 'rosa', 'stefan', 'tina'],
] as const;

const TITLES = [
  'Weekly planning',
  'Budget round',
  'Supplier call',
  'Release meeting',
  'One to one',
  'Site visit',
] as const;

interface MappingFiles {
  readonly mapping: string;
  readonly passwords: string;
  /** Messages that step 2 has to send: one per meeting to come with its guest outside. */
  readonly outside: number;
}

/**
 * Backups of mailboxes that meet each other, with the mapping and the list of passwords. Of each mailbox's own
 * meetings every third has a guest outside; half of all are over.
 */
export async function writeMailboxes(
  folder: string,
  each: number,
  password: string,
  users: readonly string[] = MAILBOXES,
): Promise<MappingFiles> {
  await mkdir(folder, { recursive: true });
  let outside = 0;
  const texts = new Map<string, string[]>(users.map((user) => [user, []]));
  for (const [at, user] of users.entries()) {
    for (let index = 0; index < each; index += 1) {
      const guest = users[(at + 1 + index) % users.length] ?? 'anna';
      const stranger = index % 3 === 0;
      const days = index % 2 === 0 ? index + 2 : -index - 2;
      if (stranger && days > 0) outside += 1;
      const lines = meeting(user, guest, stranger, index, days);
      texts.get(user)?.push(...lines);
      texts.get(guest)?.push(...lines);
    }
  }
  for (const [user, lines] of texts) await writeFile(join(folder, `${user}.ics`), calendarText(lines));
  const mapping = join(folder, 'mapping.csv');
  await writeFile(mapping, ['source,user', ...users.map((user) => `${user}.ics,${user}`)].join('\n'));
  const passwords = join(folder, 'passwords.csv');
  await writeFile(passwords, ['user,password', ...users.map((user) => `${user},"${password}"`)].join('\n'));
  return { mapping, passwords, outside };
}

function meeting(user: string, guest: string, stranger: boolean, index: number, days: number): readonly string[] {
  const day = inDays(days).toISOString().slice(0, 10).replaceAll('-', '');
  return [
    'BEGIN:VEVENT',
    `UID:${user}-${String(index)}@mailboxes`,
    'DTSTAMP:20261101T090000Z',
    `DTSTART:${day}T${String(8 + (index % 9)).padStart(2, '0')}0000Z`,
    'DURATION:PT1H',
    `SUMMARY:${TITLES[index % TITLES.length] ?? ''} ${String(index + 1)}`,
    `ORGANIZER:mailto:${user}@example.com`,
    `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${user}@example.com`,
    `ATTENDEE;PARTSTAT=${index % 2 === 0 ? 'ACCEPTED' : 'TENTATIVE'}:mailto:${guest}@example.com`,
    ...(stranger ? [`ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${user}.friend@elsewhere.test`] : []),
    'END:VEVENT',
  ];
}
