import type { CommandHelp } from './command-help.ts';

const RUN_AGAIN: Readonly<Record<string, string>> = {
  scheduling: 'who is notified: none, internal-only, external-only or all (default: as in the run)',
};

/** Commands about runs that are kept. */
export const HELP_ON_RUNS = {
  resume: {
    does: 'resumes a run that was stopped or interrupted, and reads again what could not be read back; sends nothing twice',
    options: {
      unfinished: 'all of the folder that were stopped or interrupted, oldest first; exit code 2 where there is none',
    },
  },
  undo: {
    does: 'undoes a run: what it created goes, what it replaced or deleted comes back',
    options: {
      ...RUN_AGAIN,
      only: 'undoes only matching events, as in restore',
      mailbox: 'of a run over several calendars: undoes only those of this mailbox. Repeat as needed',
    },
  },
  retry: { does: 'tries again what failed in a run', options: RUN_AGAIN },
  runs: {
    does: 'lists the runs, newest first; named, a run over several calendars lists the runs of each of them',
    options: {},
  },
  report: {
    does: 'prints the report of one run',
    options: {
      merge: 'folders of runs, or of single batches in them: the parts of one job that was done in several places',
      mailbox: 'of a run over several calendars: only those of this mailbox, with every event',
      format: 'html (one page for a ticket), csv (for a spreadsheet) or json (everything; the default)',
    },
    examples: [
      'hushcal report RUN --format html > ticket.html',
      'hushcal report --merge part-1 part-2 part-3 --format html > whole.html',
    ],
  },
  verify: {
    does: 'checks backups and runs, by file, folder or name: whether everything in them is as it was written; no server is asked',
    options: {
      originals:
        'of one run: writes what it saved before it overwrote or deleted it into this folder, to be restored from there',
    },
    examples: ['hushcal verify backup.zip', 'hushcal verify RUN --originals rescued && hushcal restore rescued …'],
  },
  unlock: {
    does: 'takes the lock of a run from a process on another computer or in another container that is dead',
    options: {},
  },
  audit: {
    does: 'lists who did what with these runs: consent, start, stop, end, logins for somebody else, trusted certificates, deletions',
    options: {
      since: 'only what was noted on or after that day, such as 2026-11-23',
      what: 'only lines of one kind: consent, start, stop, end, canary, canary-end, login, trust, delete, unlock or mended',
      run: 'only what is about this run, or this run over several calendars',
      ticket: 'only jobs of this ticket, from consent to end',
      verify: 'checks that each line follows the one before it, and prints the hash of the last one',
      last: 'with --verify: a hash that it printed earlier, which must still be the hash of some line',
      json: 'the lines as they are in the file',
    },
    examples: ['hushcal audit --since 2026-11-23', 'hushcal audit --ticket INC-4711 --json', 'hushcal audit --verify'],
  },
  purge: {
    does: 'delete runs from this computer, with their reports and saved originals; lists them first',
    options: {
      'older-than': 'all that ended so many days ago, such as 90d; what can still be resumed stays',
      resumable: 'also what was stopped or interrupted and could be resumed',
      yes: 'delete what is listed; without it nothing is deleted',
      'dry-run': 'list what would be deleted, and exit with 0',
    },
    examples: ['hushcal purge --older-than 90d', 'hushcal purge --older-than 90d --yes'],
  },
} satisfies Readonly<Record<string, CommandHelp>>;
