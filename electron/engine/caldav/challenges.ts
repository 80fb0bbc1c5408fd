/** One challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1). Names are in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const PARAMETER = new RegExp(`\\s*(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))\\s*(?:,|$)`, 'y');
const SCHEME = new RegExp(`[\\s,]*(${TOKEN})(?:\\s+(?=[^\\s,])|\\s*(?:,|$))`, 'y');
const TOKEN68 = /\s*[A-Za-z0-9\-._~+/]+=*\s*(?:,|$)/y;

/** Reads all challenges of all lines; what cannot be read ends its line. */
export function parseChallenges(value: string | readonly string[] | undefined): readonly Challenge[] {
  const lines = value === undefined ? [] : typeof value === 'string' ? [value] : value;
  return lines.flatMap((line) => challengesOf(line.slice(0, 8192)));
}

function challengesOf(line: string): readonly Challenge[] {
  const challenges: Challenge[] = [];
  for (let at = 0; at < line.length;) {
    const scheme = matchAt(SCHEME, line, at);
    if (scheme === null) break;
    at += scheme[0].length;
    const read = parametersAt(line, at);
    at = read.end;
    challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), parameters: read.parameters });
  }
  return challenges;
}

function parametersAt(
  line: string,
  start: number,
): { readonly parameters: Readonly<Record<string, string>>; readonly end: number } {
  const parameters: Record<string, string> = {};
  let at = start;
  for (;;) {
    const found = matchAt(PARAMETER, line, at);
    if (found === null) break;
    at += found[0].length;
    parameters[(found[1] ?? '').toLowerCase()] = found[3] ?? (found[2] ?? '').replace(/\\(.)/g, '$1');
  }
  // `Negotiate YII…=` has one token instead of parameters; a lone word after a comma is the next scheme.
  if (at === start && line[start - 1] !== ',') at += matchAt(TOKEN68, line, at)?.[0].length ?? 0;
  return { parameters, end: at };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
