import { UsageError } from './args.ts';

/** Checks a calendar's URL as typed. Throws UsageError for anything but http(s), and for credentials in it. */
export function calendarUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(`--calendar takes the whole URL of a calendar, not "${text}".`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError('--calendar takes an http or https URL.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('Leave user name and password out of the URL: give --user and --password-env.');
  }
  return url.href;
}
