import type { CommandHelp } from './command-help.ts';

/** Commands about the program itself. */
export const HELP_ON_PROGRAM = {
  practice: {
    does: 'starts a practice server on this computer, to try everything on; it sends nothing to anybody',
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
  diagnostics: {
    does: 'shows what may be given to whoever helps: versions, settings, what the servers are, runs with their numbers, the last lines of the log. No event, no person, no password is in it',
    options: {
      out: 'saves it as a zip, instead of showing it',
      overwrite: 'replace the file if it exists',
      hosts: 'with the host names of the servers',
      json: 'everything as one JSON object',
    },
    examples: ['hushcal diagnostics', 'hushcal diagnostics --out diagnostics.zip'],
  },
  schema: {
    does: 'prints the JSON Schema of every line of --json, for programs that check what they read',
    options: {},
    examples: ['hushcal schema > hushcal.schema.json'],
  },
} satisfies Readonly<Record<string, CommandHelp>>;
