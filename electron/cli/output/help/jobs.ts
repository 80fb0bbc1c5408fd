import {
  CLEANUP_SHARE,
  CONNECTIONS,
  MEMBERS,
  percent,
  SMALL_CALENDAR,
  STOP_AFTER,
} from '../../../../shared/model/defaults.ts';
import { REWRITE_OFFERS } from '../../../../shared/model/rewrites.ts';
import type { CommandHelp } from './command-help.ts';

/** Of `--rewrite`. */
const REWRITE_HELP =
  `changes the events themselves, each change listed with its event. ` +
  REWRITE_OFFERS.map(({ word, does }) => `${word}: ${does}. `).join('') +
  'domain:OLD=NEW: organizers and guests of the mail domain OLD get NEW. Repeat as needed';

/** Commands that write to calendars. */
export const HELP_ON_JOBS = {
  restore: {
    does: 'puts the events of a backup into a calendar: files (.ics, also as .gz), folders, archives (.zip, .tar, .tar.gz), or - for standard input',
    options: {
      calendar: 'the whole URL of the calendar',
      'to-original':
        'every calendar of the backup goes back to where it was: to the calendar of the same address, else of the same name; with --make-calendar to a new one where there is neither. One plan, one consent, one report',
      server: 'with --to-original: the address of the server; with --way direct the home of that user',
      'leave-out': 'with --to-original: the name of a calendar in the backup that is not restored. Repeat as needed',
      scheduling:
        'who is notified; there is no default. none: nobody. internal-only: calendars of colleagues change, without messages. external-only: guests on other servers get mail. all: everybody',
      as: 'as whom: match (the address of this user that each event carries, the default), server (it decides), or one address',
      'on-conflict':
        "what to do if the event already exists and differs: newer (keep the newer, the default), skip (keep the server's), replace (use the backup's; the original is kept for an undo), copy (add as a copy)",
      resolve:
        'settles one event that differs, as backup, server or copy, or as trash: restored from the trash bin of the server; * stands for any part of a UID. Repeat as needed',
      only: "restores only events for which FIELD OP VALUE holds, e.g. --only 'title~budget'; repeated, all must hold. OP is = (with *), ~ (regular expression), < or >. Fields: organizer, title, text, location, link, guests, answered, created, starts, uid",
      since: 'restores only what starts on or after that day, or is recurring and continues',
      rewrite: REWRITE_HELP,
      'make-calendar': 'makes the calendar when it does not exist, as the backup describes it',
      'calendar-name': 'the name of the calendar that is made',
      assume: 'no-mail-hook: you know that this Radicale sends no mail',
      concurrency: `requests at the same time, at most (default: ${CONNECTIONS})`,
    },
    examples: [
      'PW=… hushcal restore backup.zip --calendar https://mail.example.org/dav/calendars/anna/work/ \\',
      '     --user anna --password-env PW --scheduling none --dry-run',
    ],
  },
  canary: {
    does: 'finds out with test events whether a server keeps quiet; they are removed again',
    options: {
      calendar: 'the whole URL of the calendar',
      yes: 'do it. Without --yes it only says what it would do',
      json: 'the result as one JSON object',
    },
  },
  migrate: {
    does: 'copies many mailboxes: a CSV names for each where its events come from and whose they are. No external guest is notified',
    options: {
      project:
        'a migration that the window keeps under a name, in the place of a CSV: its rows, servers and rules; what is named here goes before them. Passwords are not in it: each row or an administrator names a variable',
      scheduling:
        'who is notified. auto, for a whole site: nobody, where everybody in a meeting is in the mapping; where a colleague is not, organizers go first and calendars of colleagues change, without messages',
      server:
        'the new server: passwords that the mapping names for the target go there only; in an address, {user} stands for the name of each user',
      'source-server': 'the old server: passwords that the mapping names for the source go there only',
      user: 'an administrator of the new server; without one, each row names the variable with its password',
      'password-env': "the environment variable with the administrator's password on the new server",
      'source-user': 'an administrator of the old server',
      'source-way': 'how that one acts for the users, as --way',
      'source-login-template': 'the login name for --source-way template',
      'source-password-env': "the environment variable with the administrator's password on the old server",
      'source-token-env': 'the same for a token',
      as: 'as whom, where a row does not say: match (the address of this user that each event carries, the default), server (it decides), or one address',
      rewrite: REWRITE_HELP,
      'on-conflict':
        'what to do when an event is on the target and differs: newer (the newer copy stays, the default), skip, replace, copy',
      assume: 'no-mail-hook: you know that this Radicale sends no mail',
      shard: 'this part of the users, such as 1/4: the same users on every machine',
      pass: 'with --shard: organizers first, on all machines; then rest',
      members: `calendars at the same time (default: ${MEMBERS})`,
      concurrency: `requests to one server at the same time, at most (default: ${CONNECTIONS})`,
      hours: 'hours of the day in which it writes, such as 22-6; it rests otherwise',
      'stop-after': `stop after so many failed events, or never (default: ${STOP_AFTER})`,
      after:
        'an earlier run of this mapping: brings along what changed on the source since, and overwrites nothing of the target',
      'delete-gone': 'with --after: delete here what is gone from the source, and was not touched here',
      'backup-first': 'save the calendars that exist already into this file before anything is written',
      canary:
        'migrates nothing: tries a test event for every user whose rows are blocked until one shows that the server keeps quiet, and removes it again; needs --yes',
      line: 'with --canary: this row of the mapping alone. Repeat as needed',
      'resolved-out': 'write down what the mapping was resolved to, as a CSV that can be used again',
    },
    examples: [
      'hushcal migrate people.csv --server https://new.example.org --scheduling auto --inside-domain example.org --dry-run',
      'people.csv: source,user,password_env with a line such as https://old.example.org/cal/anna/work/,anna,HUSHCAL_ANNA',
    ],
  },
  announce: {
    does: 'step 2 of a migration: external guests are notified once, about what is to come, by the mailbox that organizes',
    options: { concurrency: `requests to one server at the same time, at most (default: ${CONNECTIONS})` },
    examples: ['hushcal announce BATCH --dry-run'],
  },
  cleanup: {
    does: 'finds unwanted events in calendars and deletes them without notifying anybody; every one is saved before, and can be restored',
    options: {
      calendar: 'the whole URL of a calendar. Repeat as needed',
      server:
        'the address of the server: all calendars of the user, or of everybody in a list; {user} in it stands for the user',
      users: 'names with commas between them, or a file with one a line',
      mapping: 'a list of mailboxes (CSV): its users, each with the password variable that it names',
      inbox: 'also the invitations that wait in the inbox of the calendar server; deleting there answers nobody',
      match:
        'what to delete: FIELD OP VALUE, e.g. --match organizer=*@spam.test; repeated, all must hold. OP is = (with *), ~ (regular expression), < or >. Words: organizer, title, text, location, link (link=* is any), uid. Numbers: guests. Dates: created, received (when the invitation was sent), starts, ends. =yes or =no: answered, outside (the organizer is external: in none of your mail domains), recurring. Over everything that is searched: copies (users with the same text), calendars (in which the organizer has events), e.g. copies>5',
      any: 'one of the rules is enough',
      rules: 'rules that were saved under a name, or came with the program; a wrong name lists all',
      'save-rules': 'saves these rules under a name',
      scheduling: 'who is notified; none is what a clean-up is for',
      'include-own': 'also what the owner of the calendar organizes or has accepted; without it such events are kept',
      'max-share': `how much of a calendar with more than ${SMALL_CALENDAR} events may go, e.g. 50% (default: ${percent(CLEANUP_SHARE)})`,
      assume: 'no-mail-hook: you know that this Radicale sends no mail',
      concurrency: `requests at the same time, at most (default: ${CONNECTIONS})`,
    },
    examples: [
      'PW=… hushcal cleanup --calendar https://mail.example.org/dav/calendars/anna/work/ --user anna \\',
      "     --password-env PW --match 'organizer=*@spam.test' --match answered=no --scheduling none",
    ],
  },
} satisfies Readonly<Record<string, CommandHelp>>;
