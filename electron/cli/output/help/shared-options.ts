/** Options that mean the same wherever they are. */
export const SHARED_OPTIONS: Readonly<Record<string, string>> = {
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
