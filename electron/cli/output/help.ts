import {
  CLEANUP_SHARE,
  CONNECTIONS,
  MEMBERS,
  percent,
  SMALL_CALENDAR,
  STOP_AFTER,
} from '../../../shared/model/defaults.ts';
import { REWRITE_OFFERS } from '../../../shared/model/rewrites.ts';

/** What `--help` says of one command, besides its usage line. */
interface CommandHelp {
  /** One line, without a full stop. */
  readonly does: string;
  /** Option → meaning; options of several commands stand in SHARED. */
  readonly options: Readonly<Record<string, string>>;
  readonly examples?: readonly string[];
}

/** Of `--rewrite`. */
const REWRITE_HELP =
  `changes the events themselves, each change listed with its event. ` +
  REWRITE_OFFERS.map(({ word, does }) => `${word}: ${does}. `).join('') +
  'domain:OLD=NEW: organizers and guests of the mail domain OLD get NEW. Repeat as needed';

const WIDTH = 100;

/** Options that mean the same wherever they are. */
const SHARED: Readonly<Record<string, string>> = {
  'password-env': 'the environment variable with the password; without it, the password comes on standard input',
  'token-env': 'the environment variable with a token, where the server takes tokens instead of passwords',
  'token-command': 'a shell command that prints a token; it runs again when the token is refused',
  'allow-env':
    'a list, or what is kept of an earlier run, may name this environment variable, too; without it, only HUSHCAL_… is taken from a file. Repeat as needed',
  user: 'the user name to log in with',
  for: 'whose calendar it is, when that is not the one who logs in',
  way: 'how you act for somebody else: direct (your own rights on their addresses: SOGo, DAViCal), authorize-as (a header: Cyrus), template (a login name made of both: Stalwart)',
  'login-template': 'the login name for --way template (default: {user}%{admin})',
  ca: "a PEM file with the authority that vouches for the server's certificate, besides those of this computer. Repeat as needed",
  'trust-fingerprint':
    'the SHA-256 of the one certificate that the server must show, whoever vouches for it; with HOST= before it for that server alone. Repeat as needed',
  proxy:
    'the HTTP proxy, as http://user@host:port, or none (default: HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, and NO_PROXY); SOCKS is not spoken',
  'proxy-password-env': 'the environment variable with the password of the proxy',
  cert: 'a certificate of yours, where the server asks for one: PEM, or PKCS #12 (.p12, .pfx) with its key',
  key: 'the PEM file with its key, when that does not stand in the same file',
  'key-password-env': 'the environment variable with the password of that key',
  alias: 'one more address of the owner of the calendar, which the server does not list; recorded. Repeat as needed',
  'inside-domain': 'a mail domain that counts as internal, besides those of the owner. Repeat as needed',
  instead:
    'where the mode is blocked and the plan offers it: collection-switch (scheduling of the whole calendar is off while the run lasts: Cyrus) or client-agent (new events are stored so that the server never schedules them, for good)',
  'dry-run': 'show the plan and write nothing; exit code 0 when it could run, 2 when it is blocked',
  rehearse: 'dry run on a copy of the calendar, on this computer: list what would have gone out',
  yes: 'run the plan; with =HASH only when it is still the plan that was shown. Without --yes nothing is written, and --yes alone runs no plan that sends messages: it exits with 2',
  messages:
    'run the plan when it sends exactly this many messages, as --dry-run shows them; at a terminal the number can be typed instead',
  ticket: 'the number of the ticket that this job answers: kept with it, and shown in its report and in History',
  note: 'a note of your own to the job, kept and shown as the ticket is',
  runs: "the folder where runs are kept (default: the app's own)",
  json: 'newline-delimited JSON, one event per line',
};

const RUN_AGAIN: Readonly<Record<string, string>> = {
  scheduling: 'who is notified: none, internal-only, external-only or all (default: as in the run)',
};

export const HELP: Readonly<Record<string, CommandHelp>> = {
  practice: {
    does: 'starts a practice server on this computer, to rehearse; it sends nothing to anybody',
    options: {
      port: 'the port (default: a free one)',
      data: 'a folder to keep the calendars in (default: memory)',
      users: 'names of its users (default: alice,bob,carol)',
      personality: 'how it behaves, e.g. default, ignores-header, cyrus-like; a wrong name lists all',
      auth: 'how its users log in (default: basic); for bearer, a token is USER:PASSWORD in base64url',
      bend: 'answers one kind of request in a way that servers and proxies were seen to, e.g. list:truncated or get:answer-404:lunch; a wrong word lists all. Repeat as needed',
      'no-samples': 'start with empty calendars',
    },
    examples: [
      'It prints one line of JSON: the address of a calendar is base_url + users[].calendar, its password stands beside it.',
    ],
  },
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
        'settles one event that differs, as backup, server or copy; * stands for any part of a UID. Repeat as needed',
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
    does: 'copies many mailboxes: a CSV names for each where its events come from and whose they are. Nobody outside is notified',
    options: {
      scheduling:
        'who is notified. auto, for a whole site: nobody, where everybody in a meeting is in the mapping; where a colleague is not, organizers go first and calendars of colleagues change, without messages',
      server:
        'the new server: passwords that the mapping names for the new side go there only; in an address, {user} stands for the name of each user',
      'source-server': 'the old server: passwords that the mapping names for the old side go there only',
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
        'an earlier run of this mapping: brings along what changed on the old side since, and overwrites nothing of the new one',
      'delete-gone': 'with --after: delete here what is gone from the old side, and was not touched here',
      'backup-first': 'save the calendars that exist already into this file before anything is written',
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
  resume: {
    does: 'resumes a run that was stopped or interrupted, and reads again what could not be read back; sends nothing twice',
    options: {},
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
  schema: {
    does: 'prints the JSON Schema of every line of --json, for programs that check what they read',
    options: {},
    examples: ['hushcal schema > hushcal.schema.json'],
  },
};

/** The list of commands. */
export function overview(): string {
  const names = Object.entries(HELP).map(([name, { does }]) => entry(name, does, 10));
  return [
    'Hushcal puts calendars back without waking anyone.',
    '',
    'Usage: hushcal COMMAND …',
    '',
    ...names,
    '',
    'hushcal help --json has all of it for programs; hushcal --version says which one this is.',
    'hushcal COMMAND --help explains the options of one command, for example: hushcal restore --help',
    'Exit codes: 0 done and verified, 1 finished with trouble, 2 nothing was written, 3 interrupted, can be resumed.',
  ].join('\n');
}

/** Everything about one command. `usage` is its usage line. */
export function commandHelp(name: string, usage: string): string {
  const help = HELP[name];
  if (help === undefined) return `Usage: ${usage}`;
  const flags = flagsIn(usage);
  const options = flags.map((flag) => entry(`--${flag}`, meaningOf(name, flag), 17));
  const capital = `${help.does.charAt(0).toUpperCase()}${help.does.slice(1)}.`;
  const examples = help.examples === undefined ? [] : ['', ...help.examples.map((line) => `  ${line}`)];
  return [...fold(capital, ''), '', wrapUsage(usage), '', ...options, ...examples].join('\n');
}

/** Names of the options in a usage line, without their dashes. */
export function flagsIn(usage: string): readonly string[] {
  return [...new Set([...usage.matchAll(/--([a-z-]+)/g)].map((match) => match[1] ?? ''))];
}

/** What an option of a command means; empty where nobody wrote it down. */
export function meaningOf(command: string, flag: string): string {
  return HELP[command]?.options[flag] ?? SHARED[flag] ?? '';
}

function entry(name: string, meaning: string, column: number): string {
  return fold(`  ${name.padEnd(column)} ${meaning}`, ' '.repeat(column + 3)).join('\n');
}

/** A usage line, broken between its options. */
function wrapUsage(usage: string): string {
  const [first = '', ...rest] = usage.split(/ (?=\[--|--(?![^[]*\]))/);
  const lines: string[] = [`Usage: ${first}`];
  for (const part of rest) {
    const last = lines.at(-1) ?? '';
    if (last.length + part.length + 1 <= WIDTH) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(`         ${part}`);
  }
  return lines.join('\n');
}

/** Text folded at the width; lines after the first begin with `indent`. */
function fold(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > WIDTH) {
    const at = rest.lastIndexOf(' ', WIDTH);
    if (at <= indent.length) break;
    lines.push(rest.slice(0, at));
    rest = `${indent}${rest.slice(at + 1)}`;
  }
  return [...lines, rest];
}
