import { valueOf } from './line-reader.ts';
import type { Component, Line } from './line-reader.ts';

/**
 * Whether a VEVENT, with the alarms in it, says what RFC 5545 lets it say. Kept strict: the question is what servers
 * do to good events, so whatever is doubtful is left out.
 */
export function isValidEvent(event: Component): boolean {
  return (
    event.name === 'VEVENT' &&
    ['UID', 'DTSTAMP', 'DTSTART'].every((name) => count(event, name) === 1) &&
    ['DTEND', 'DURATION', 'RRULE', 'RECURRENCE-ID', 'SEQUENCE', 'STATUS'].every((name) => count(event, name) <= 1) &&
    count(event, 'DTEND') + count(event, 'DURATION') <= 1 &&
    everyLine(event, isValidLine) &&
    event.components.every((alarm) => count(alarm, 'ACTION') === 1 && count(alarm, 'TRIGGER') === 1) &&
    endsAfterStart(event)
  );
}

/** Whether a VTIMEZONE gives each observance a start in local time and two offsets (RFC 5545 §3.6.5, §3.3.14). */
export function isValidZone(zone: Component): boolean {
  return zone.components.every(
    (observance) =>
      LOCAL.test(valueOf(observance, 'DTSTART') ?? '') &&
      observance.lines.every((line) => line.name !== 'DTSTART' || line.parameters.length === 0) &&
      ['TZOFFSETFROM', 'TZOFFSETTO'].every((name) => OFFSET.test(valueOf(observance, name) ?? '')),
  );
}

const DATE = String.raw`\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])`;
const DATE_TIME = String.raw`${DATE}T([01]\d|2[0-3])[0-5]\d([0-5]\d|60)Z?`;
const DURATION = String.raw`[+-]?P(\d{1,4}W|\d{1,4}D(T(?=\d)(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?)?|T(?=\d)(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?)`;
const RULE_PART = String.raw`(COUNT|INTERVAL)=[1-9]\d*|UNTIL=(${DATE}|${DATE_TIME})|WKST=[A-Z]{2}|BY[A-Z]+=[-+\dA-Z,]+`;
/** RFC 5545 §3.3.11, and `\"`, which is not in it but in the exports of many programs. */
const TEXT = /^([^\\,;]|\\[\\,;nN"])*$/;

const whole = (pattern: string) => new RegExp(`^(${pattern})$`);
const dates = whole(`${DATE}(,${DATE})*`);
const dateTimes = whole(`${DATE_TIME}(,${DATE_TIME})*`);
const LOCAL = /^\d{8}T\d{6}$/;
/** "-0000" is not allowed. */
const OFFSET = /^(\+\d{4}|-(?!0000)\d{4})(\d\d)?$/;

const VALUES: Readonly<Record<string, RegExp>> = {
  UID: /^\S(.*\S)?$/,
  DURATION: whole(DURATION),
  RRULE: whole(String.raw`FREQ=(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(;(${RULE_PART}))*`),
  GEO: /^[-+]?\d+(\.\d+)?;[-+]?\d+(\.\d+)?$/,
  SEQUENCE: /^\d{1,9}$/,
  PRIORITY: /^\d{1,2}$/,
  STATUS: /^(TENTATIVE|CONFIRMED|CANCELLED)$/,
  TRANSP: /^(OPAQUE|TRANSPARENT)$/,
  SUMMARY: TEXT,
  DESCRIPTION: TEXT,
  LOCATION: TEXT,
  COMMENT: TEXT,
  CONTACT: TEXT,
};

const TIMES = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE', 'DTSTAMP', 'CREATED', 'LAST-MODIFIED']);
const UTC_ONLY = new Set(['DTSTAMP', 'CREATED', 'LAST-MODIFIED']);

function isValidLine(line: Line): boolean {
  if (line.parameters.some(([name]) => name === 'ENCODING' || !/^[A-Z0-9-]+$/.test(name))) return false;
  if (TIMES.has(line.name)) return isValidTime(line);
  if (line.name === 'RDATE' && parameter(line, 'VALUE') !== 'PERIOD') return isValidTime(line);
  if (line.name === 'TRIGGER') return parameter(line, 'VALUE') === 'DATE-TIME' || whole(DURATION).test(line.value);
  return VALUES[line.name]?.test(line.value) ?? true;
}

function isValidTime(line: Line): boolean {
  if (UTC_ONLY.has(line.name)) return dateTimes.test(line.value) && line.value.endsWith('Z');
  const zone = parameter(line, 'TZID');
  if (parameter(line, 'VALUE') === 'DATE') return dates.test(line.value) && zone === undefined;
  return dateTimes.test(line.value) && (zone === undefined || (zone !== '' && !line.value.includes('Z')));
}

/** RFC 5545 §3.8.2.2. Times of two zones are not compared: such an event is let through. */
function endsAfterStart(event: Component): boolean {
  const start = event.lines.find((line) => line.name === 'DTSTART');
  const end = event.lines.find((line) => line.name === 'DTEND');
  if (start === undefined || end === undefined) return true;
  if (parameter(start, 'TZID') !== parameter(end, 'TZID')) return true;
  return start.value.length === end.value.length && start.value < end.value;
}

/** A point in time that takes no time: a DATE-TIME start with neither DTEND nor DURATION (RFC 5545 §3.6.1). */
export function isInstant(event: Component): boolean {
  const start = valueOf(event, 'DTSTART') ?? '';
  return start.includes('T') && count(event, 'DTEND') === 0 && count(event, 'DURATION') === 0;
}

export function parameter(line: Line, name: string): string | undefined {
  return line.parameters.find(([one]) => one === name)?.[1].join(',');
}

function everyLine(component: Component, holds: (line: Line) => boolean): boolean {
  return component.lines.every(holds) && component.components.every((inner) => everyLine(inner, holds));
}

function count(component: Component, name: string): number {
  return component.lines.filter((line) => line.name === name).length;
}
