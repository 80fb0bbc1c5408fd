/** The only addresses that may be opened in the person's browser. */
const ALLOWED_HOSTS = new Set(['hushcal.example', 'datatracker.ietf.org']);

export const README_URL = 'https://hushcal.example/';
export const DRAFT_URL = 'https://datatracker.ietf.org/doc/draft-gondwana-caldav-scheduling-controls/';

/** Whether an address may leave for the browser: https, and one of ours. */
export function mayOpen(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' && ALLOWED_HOSTS.has(url.host);
}
