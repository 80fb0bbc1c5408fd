import type { ContentLine } from '../lines.ts';
import { decode, rawValue } from '../lines.ts';
import { parameterName, piecesOf, withPieces } from './content-line.ts';
import { rewriteLines, type Rewrite } from './rewrite.ts';

const NAME = 'SCHEDULE-AGENT';
const NOTE = {
  code: 'rewrite-schedule-agent',
  message:
    'SCHEDULE-AGENT=CLIENT is stored with it: the server notifies nobody, now or later, until somebody takes it out again.',
};

/**
 * SCHEDULE-AGENT=CLIENT (RFC 6638 §7.1), alike on every component: on every guest where the owner organizes, on the
 * organizer where the owner is a guest. What concerns the owner not at all stays as it is. Only for events that are new
 * on the server: on an existing one the change from SERVER is a CANCEL (§3.2.1.2).
 */
export function clientAgent(isOwn: (address: string) => boolean): Rewrite {
  return (resource) => {
    const names = (name: string): boolean =>
      resource.components.some((lines) => ownLines(lines).some((line) => line.name === name && isOwn(addressOf(line))));
    const target = names('ORGANIZER') ? 'ATTENDEE' : names('ATTENDEE') ? 'ORGANIZER' : null;
    if (target === null) return resource;
    const people = new Set(resource.components.flatMap(ownLines).filter(({ name }) => name === target));
    return rewriteLines(resource, (line) => (people.has(line) ? byClient(line) : line), NOTE);
  };
}

/** Lines of a component itself, not of its alarms. */
function ownLines(lines: readonly ContentLine[]): ContentLine[] {
  let depth = 0;
  return lines.filter((line) => {
    if (line.name === 'BEGIN') depth += 1;
    const own = depth === 1;
    if (line.name === 'END') depth -= 1;
    return own;
  });
}

function addressOf(line: ContentLine): string {
  return decode(rawValue(line.text)).trim();
}

/** The parameter takes the place of the first one of its name; others of the name go. */
function byClient(line: ContentLine): ContentLine {
  const pieces = piecesOf(line);
  if (pieces === null) return line;
  const [name = '', ...parameters] = pieces.head;
  const first = parameters.findIndex((piece) => parameterName(piece) === NAME);
  const head = parameters.flatMap((piece, at) => {
    if (parameterName(piece) !== NAME) return [piece];
    return at === first ? [`${NAME}=CLIENT`] : [];
  });
  if (first < 0) head.push(`${NAME}=CLIENT`);
  return withPieces(line, { ...pieces, head: [name, ...head] });
}
