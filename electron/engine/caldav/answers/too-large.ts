/** Smaller than the least that nginx and its like are left at (1 MiB): the size says nothing then. */
const WORTH_SAYING = 100_000;

/**
 * What a plain 413 means: RFC 4791 has an element for a limit of the calendar (max-resource-size), so without it somebody
 * before the calendar may have refused the size, who can be told so. nginx signs its own pages, whoever is behind it.
 */
export function tooLarge(page: string, octets: number | undefined): string {
  const size = octets === undefined || octets < WORTH_SAYING ? '' : ` (${(octets / 1_000_000).toFixed(1)} MB)`;
  if (/<center>nginx\b/i.test(page)) {
    return `This event${size} is larger than nginx, which stands before this server, lets through (413). Have its limit raised there (client_max_body_size), then try again.`;
  }
  return `This event${size} is larger than the server, or a proxy before it, takes (413). Have its limit for the size of a request raised there, then try again.`;
}
