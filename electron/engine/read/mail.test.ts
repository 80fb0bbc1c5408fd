import { expect, it } from 'vitest';
import { calendarParts } from './mail.ts';

const EVENT = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';
const part = (type: string, body: string): string => `--b\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
const mail = (parts: readonly string[]): Buffer =>
  Buffer.from(`MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join('')}--b--\r\n`);

it('finds the calendar among many parts', async () => {
  const others = Array.from({ length: 1000 }, () => part('text/plain', 'x'));
  const [found, ...more] = await calendarParts(mail([...others, part('text/calendar', EVENT)]));
  expect([found?.toString().trim(), more]).toEqual([EVENT.trim(), []]);
});

it('takes no message apart that has more parts than any invitation', async () => {
  await expect(calendarParts(mail(Array.from({ length: 6000 }, () => part('text/plain', 'x'))))).rejects.toThrow(
    'more than 5000 parts',
  );
});
