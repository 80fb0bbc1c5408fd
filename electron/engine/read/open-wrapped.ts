import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { answeredObjects } from './dav-answer.ts';
import { calendarParts, messagesIn } from './mail.ts';
import type { Opening } from './opening.ts';
import { calendarObjects } from './property-list.ts';

/** A mail message, or several: each calendar that is a part of one. */
export async function openMail(opening: Opening): Promise<void> {
  const { found, bytes, isExpected, limits } = opening;
  if (bytes > limits.maxWholeBytes) {
    if (isExpected) opening.problem('too-large');
    return;
  }
  // A message in an archive in an archive is deep enough.
  if (found.nesting > limits.maxNesting + 1) return;
  const parts: Buffer[] = [];
  const whole = withoutLeadingBlanks(await readFile(found.at));
  try {
    for (const message of messagesIn(whole)) parts.push(...(await calendarParts(message)));
  } catch {
    opening.problem('damaged-mail');
    return;
  }
  if (parts.length === 0 && (isExpected || whole.includes('BEGIN:VCALENDAR'))) opening.problem('mail-without-calendar');
  for (const [at, part] of parts.entries()) {
    await openPart(opening, parts.length === 1 ? found.label : `${found.label} › part ${String(at + 1)}`, part);
  }
}

/** A backup of `sogo-tool`: each object is a string under `c_content`. */
export async function openPropertyList(opening: Opening): Promise<void> {
  const { found, bytes, isExpected, limits } = opening;
  if (bytes > limits.maxWholeBytes) {
    opening.problem('too-large');
    return;
  }
  const objects = calendarObjects(await readFile(found.at, 'utf8'));
  if (objects === null || objects.length === 0) {
    if (isExpected || objects === null) opening.problem('plist');
    return;
  }
  for (const [at, { name, text }] of objects.entries()) {
    await openPart(opening, objectLabel(opening, at, name), Buffer.from(text, 'utf8'));
  }
}

/** A REPORT or PROPFIND answer that was saved: each object of it has a text of its own. */
export async function openDavAnswer(opening: Opening): Promise<void> {
  const { found, bytes, limits } = opening;
  if (bytes > limits.maxWholeBytes) {
    opening.problem('too-large');
    return;
  }
  const objects = answeredObjects(await readFile(found.at));
  if (objects?.some(({ text }) => text !== null) !== true) {
    opening.problem('dav');
    return;
  }
  for (const [at, { name, text }] of objects.entries()) {
    const label = objectLabel(opening, at, name);
    if (text === null) opening.problem('dav-response', label);
    else await openPart(opening, label, Buffer.from(text, 'utf8'));
  }
}

function objectLabel({ found }: Opening, at: number, name: string): string {
  return `${found.label} › ${name === '' ? `object ${String(at + 1)}` : name}`;
}

function openPart({ found, inside }: Opening, label: string, part: Buffer): Promise<void> {
  return inside(label, Readable.from([part]), { nesting: found.nesting + 1, named: true });
}

/** Blank lines before the headers of a message would make all of them its body. */
function withoutLeadingBlanks(file: Buffer): Buffer {
  let at = 0;
  while (at < file.length && (file[at] ?? 0) <= 32) at += 1;
  return file.subarray(at);
}
