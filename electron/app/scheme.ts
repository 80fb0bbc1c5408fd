import { net, protocol, type Session } from 'electron';
import { pathToFileURL } from 'node:url';
import { CONTENT_SECURITY_POLICY, ORIGIN, pageFile, SCHEME } from './origin.ts';

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
    const answer = await net.fetch(pathToFileURL(file).href).catch(() => null);
    if (answer === null) return refuse(404);
    const headers = new Headers(answer.headers);
    headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    return new Response(answer.body, { status: answer.status, headers });
  });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY } });
}

export const START_PAGE = `${ORIGIN}/index.html`;
