import { CONNECTIONS } from '../../../../shared/model/defaults.ts';
import type { CommandHelp } from './command-help.ts';

/** Commands that look into backups, make them and keep them. */
export const HELP_ON_BACKUPS = {
  inspect: {
    does: 'says what is in a backup, what is wrong with it, and who would be notified in each mode; needs no server',
    options: { json: 'everything as one JSON object' },
    examples: ['hushcal inspect backup.zip'],
  },
  find: {
    does: 'looks for an event over several backups, newest first: what it said in each, where it was deleted, and how to get a version back; needs no server',
    options: {
      text: 'words that must all stand in the event: title, place, people, text or UID; without regard to case and accents',
      match: "FIELD OP VALUE, as --only of restore, e.g. --match 'title~budget'; repeated, all must hold",
      any: 'one of the rules is enough; the words must hold besides',
      json: 'everything as one JSON object',
    },
    examples: [
      "hushcal find nightly/ --text 'budget review'",
      'A file is one backup, and so is a folder; but of a folder that holds archives, or files or folders that are called',
      'the same but for a date, each is one. Its date is what the backup says, else its name, else its last change.',
      'Exit codes: 0 found, and all was read; 1 nothing found, or something could not be read; 2 usage; 3 stopped.',
    ],
  },
  missing: {
    does: 'says what went missing: backups of several days against a calendar as it is now, with the day on which each event was lost; in the trash bin of the server, too. Writes nothing',
    options: {
      calendar:
        'the whole URL of the calendar that the backups are of; of a backup of several calendars the one of the same address or name is compared',
      since: 'only what was lost or changed on or after that day, such as 2026-11-23',
      save: 'writes what is gone into this new file, to be restored from there',
      concurrency: `requests at the same time, at most (default: ${CONNECTIONS})`,
      json: 'everything as one JSON object',
    },
    examples: [
      'PW=… hushcal missing nightly/ --calendar https://mail.example.org/dav/calendars/anna/work/ \\',
      '     --user anna --password-env PW --save missing.ics',
      'What is one backup in a folder, and its date, is as for find.',
      'Exit codes: 0 nothing is gone; 1 something is gone; 2 usage; 3 not everything could be seen, or stopped.',
    ],
  },
  backup: {
    does: 'saves calendars into one .zip, byte for byte, and reads it back; changes nothing on the server',
    options: {
      calendar: 'the whole URL of a calendar. Repeat as needed',
      all: 'every calendar of the user',
      server: 'with --all: the address of the server; with --way direct the home of that user',
      out: 'the file to write, {date} in it stands for the day; with anything missing it becomes FILE.incomplete.zip, and the exit code is 1',
      since:
        'an earlier backup: what the server says did not change since is taken from it. The new one is whole anyway',
      overwrite: 'replace the file if it exists',
      concurrency: `requests at the same time, at most (default: ${CONNECTIONS})`,
      keep: 'of how many days (d), weeks (w), months (m) and years (y) one backup stays, by the calendar of this computer; after a complete backup, and with --yes, the others in the folder of --out are deleted. All are verified first: what is damaged stays, and so does what no newer whole one replaces',
      folder: 'with --keep: makes no backup, and thins this folder',
      yes: 'with --keep: delete what does not stay',
      'dry-run': 'with --folder: list what would be deleted, and exit with 0',
    },
    examples: [
      'hushcal backup --keep 7d,4w,12m --folder nightly --dry-run',
      'PW=… hushcal backup --all --server https://mail.example.org --user anna --password-env PW --out anna.zip',
    ],
  },
  'backup-age': {
    does: 'says for monitoring whether the backups of a folder are young enough: of each series of files, whose names differ by their date only, the newest counts that is complete and verified',
    options: { 'older-than': 'how old it may be at most, in minutes, hours or days: 90m, 26h, 2d' },
    examples: [
      'hushcal backup-age nightly --older-than 26h',
      'Exit codes: 0 fresh; 1 fresh, but a newer one is incomplete or damaged; 2 too old, or none; 3 unknown.',
    ],
  },
} satisfies Readonly<Record<string, CommandHelp>>;
