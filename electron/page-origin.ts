import { extname, join, resolve, sep } from 'node:path';

export const SCHEME = 'app';
const HOST = 'hushcal';
export const ORIGIN = `${SCHEME}://${HOST}`;

/**
 * Scripts and fonts are ours only, nothing is fetched, nothing is framed. Inline styles are allowed because the
 * component kit sets them while it runs.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
};

/** The media type of a page file; empty for what is none. */
export function contentType(file: string): string {
  return TYPES[extname(file).toLowerCase()] ?? '';
}

/** Whether an address lies in our own pages. Compares scheme and host, which `origin` does not tell for own schemes. */
export function isOurs(address: string): boolean {
  const url = parse(address);
  return url !== null && url.protocol === `${SCHEME}:` && url.host === HOST;
}

/** The file behind an address of ours, or null when it would lie outside `folder` or is no kind of page file. */
export function pageFile(address: string, folder: string): string | null {
  const url = parse(address);
  if (url === null || !isOurs(address)) return null;
  const path = decode(url.pathname);
  if (path === null || path.includes('\0') || path.includes('\\')) return null;
  const base = resolve(folder);
  const file = resolve(join(base, path === '/' ? 'index.html' : path));
  return file.startsWith(base + sep) && contentType(file) !== '' ? file : null;
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
