import type { ContentLine } from '../lines.ts';
import { rawValue } from '../lines.ts';
import { newLine, piecesOf, withPieces } from './content-line.ts';
import { repairAt, type Rewrite } from './rewrite.ts';

const NOTE = {
  code: 'rewrite-email-alarm',
  message: 'An alarm that sends mail becomes a reminder on the screen; its recipients are taken out.',
};
/** What only an alarm that sends mail has (RFC 5545 §3.6.6). */
const OF_MAIL = new Set(['ATTENDEE', 'SUMMARY', 'ATTACH']);
const DEFAULT_TEXT = 'Reminder';

/** Alarms with ACTION:EMAIL become ACTION:DISPLAY with the same trigger: they would go out past every header. */
export const emailAlarms: Rewrite = (resource) => {
  const found: { readonly component: number; readonly line: ContentLine | undefined }[] = [];
  const components = resource.components.map((lines, component) => {
    const title = titleOf(lines);
    const written = blocksOf(lines).flatMap((block) => {
      if (!isMailAlarm(block)) return block;
      found.push({ component, line: block[0] });
      return shown(block, title);
    });
    return written;
  });
  const [first] = found;
  if (first === undefined) return resource;
  const findings = resource.findings.filter(({ code }) => code !== 'alarm-email');
  return { ...resource, components, findings: [...findings, repairAt(resource, first.component, first.line, NOTE)] };
};

/** A component cut into pieces: each alarm is one, and so is every line beside them. */
function blocksOf(lines: readonly ContentLine[]): ContentLine[][] {
  const blocks: ContentLine[][] = [];
  let open: ContentLine[] | null = null;
  let depth = 0;
  for (const line of lines) {
    if (line.name === 'BEGIN') depth += 1;
    if (line.name === 'BEGIN' && depth === 2 && word(line) === 'VALARM') {
      open = [];
      blocks.push(open);
    }
    if (open === null) blocks.push([line]);
    else open.push(line);
    if (line.name === 'END') {
      depth -= 1;
      if (depth <= 1) open = null;
    }
  }
  return blocks;
}

function isMailAlarm(block: readonly ContentLine[]): boolean {
  return block.length > 1 && own(block).some((line) => line.name === 'ACTION' && word(line) === 'EMAIL');
}

/** The alarm's own lines, not those of components inside it. */
function own(block: readonly ContentLine[]): ContentLine[] {
  let depth = 0;
  return block.filter((line) => {
    if (line.name === 'BEGIN') depth += 1;
    const mine = depth === 1;
    if (line.name === 'END') depth -= 1;
    return mine;
  });
}

function shown(block: readonly ContentLine[], title: string): ContentLine[] {
  const mine = new Set(own(block));
  const text = (name: string): string =>
    [...mine].map((line) => (line.name === name ? rawValue(line.text) : '')).find((value) => value.trim() !== '') ?? '';
  const described = text('DESCRIPTION') !== '';
  return block.flatMap((line) => {
    if (!mine.has(line)) return [line];
    if (OF_MAIL.has(line.name) || (line.name === 'DESCRIPTION' && !described)) return [];
    const pieces = line.name === 'ACTION' ? piecesOf(line) : null;
    if (pieces === null) return [line];
    const action = withPieces(line, { ...pieces, value: 'DISPLAY' });
    return described ? [action] : [action, newLine(`DESCRIPTION:${text('SUMMARY') || title || DEFAULT_TEXT}`, line.at)];
  });
}

/** The title of the event, still escaped. */
function titleOf(lines: readonly ContentLine[]): string {
  const line = own(lines).find(({ name }) => name === 'SUMMARY');
  return line === undefined ? '' : rawValue(line.text);
}

function word(line: ContentLine): string {
  return rawValue(line.text).trim().toUpperCase();
}
