import type { Session, WebContents } from 'electron';
import { isOurs } from '../page-origin.ts';

/** Nothing the page could ask the system for is granted: no permission, no device, no file, no other address. */
export function lockPermissions(session: Session, isDevelopment: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Reports are saved by the main process, where a person says; the page saves nothing.
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOurs(details.url) && !isInternal(details.url, isDevelopment) });
  });
}

/** The page stays where it is: no navigation, no second window, no embedded browser. */
export function lockNavigation(contents: WebContents): void {
  const stay = (event: { preventDefault(): void }, url: string): void => {
    if (!isOurs(url)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => {
    stay(event, event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    stay(event, event.url);
  });
  contents.on('will-redirect', (event) => {
    stay(event, event.url);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Pictures inside style sheets, and the developer tools of a build that is not packed. */
function isInternal(address: string, isDevelopment: boolean): boolean {
  return address.startsWith('data:') || (isDevelopment && address.startsWith('devtools:'));
}
