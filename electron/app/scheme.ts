import { protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { CONTENT_SECURITY_POLICY, contentType, ORIGIN, pageFile, SCHEME } from '../page-origin.ts';

/** Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built pages under our origin, and nothing else. */
export function serveScheme(session: Session, folder: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const file = request.method === 'GET' ? pageFile(request.url, folder) : null;
    if (file === null) return refuse(404);
    const bytes = await readFile(file).catch(() => null);
    if (bytes === null) return refuse(404);
    const headers = {
      'Content-Type': contentType(file),
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
    };
    return new Response(new Uint8Array(bytes), { status: 200, headers });
  });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY } });
}

export const START_PAGE = `${ORIGIN}/index.html`;
