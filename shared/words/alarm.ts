import type { EventAlarm } from '../model/found/event-card.ts';
import { plural } from './format.ts';
import { shortTime } from './when.ts';

const DOES: Readonly<Record<string, string>> = { DISPLAY: 'Reminder', AUDIO: 'Sound', EMAIL: 'E-mail' };

/** `Reminder 15 minutes before the start`, `E-mail at the end`, `Sound on Nov 23, 2026, 9:00 AM`. */
export function alarmWords({ action, offsetMs, fromEnd, time, trigger, repeat }: EventAlarm): string {
  const does = DOES[action] ?? (action === '' ? 'Alarm' : `Alarm (${action})`);
  const again = repeat === 0 ? '' : `, and ${plural(repeat, 'time')} more`;
  const point = fromEnd ? 'end' : 'start';
  if (time !== null) return `${does} on ${shortTime(time)}${again}`;
  if (offsetMs === null) return `${does}: ${trigger}${again}`;
  if (offsetMs === 0) return `${does} at the ${point}${again}`;
  return `${does} ${spanWords(Math.abs(offsetMs))} ${offsetMs < 0 ? 'before' : 'after'} the ${point}${again}`;
}

const UNITS = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Milliseconds in full: `1 day 2 hours`. */
function spanWords(ms: number): string {
  let rest = Math.round(ms / 1000);
  if (rest === 0) return plural(0, 'minute');
  const words: string[] = [];
  for (const [unit, seconds] of UNITS) {
    // A fortnight is said in weeks, ten days are said in days.
    if (unit === 'week' && rest % seconds !== 0) continue;
    const many = Math.floor(rest / seconds);
    if (many > 0) words.push(plural(many, unit));
    rest -= many * seconds;
  }
  return words.join(' ');
}
