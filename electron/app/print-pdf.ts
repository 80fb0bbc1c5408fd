import { BrowserWindow, session } from 'electron';
import { paperSize } from '../../shared/words/paper.ts';
import { lockNavigation } from './locks.ts';

/** Where the page is while it is printed; nothing else can be reached from there. */
const SCHEME = 'hushcal-print';
const PAGE = `${SCHEME}://report/`;
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** In inches: room for the page numbers at the foot. */
const MARGINS = { top: 0.5, bottom: 0.65, left: 0.5, right: 0.5 };
const FOOT =
  '<div style="font-size:8px;width:100%;padding:0 0.5in;text-align:right;color:#4c5563">' +
  '<span class="pageNumber"></span> / <span class="totalPages"></span></div>';

/**
 * A page as PDF, on the paper that is used where the computer is. It is drawn in a window that nobody sees, in a session of
 * its own that is forgotten afterwards: no script runs in it, and no other address can be asked.
 */
export async function printPdf(html: string, locale: string): Promise<Uint8Array> {
  const own = session.fromPartition(`print-${crypto.randomUUID()}`);
  own.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  own.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: details.url !== PAGE });
  });
  own.protocol.handle(
    SCHEME,
    () =>
      new Response(html, {
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY },
      }),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: { session: own, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  });
  lockNavigation(window.webContents);
  try {
    await window.loadURL(PAGE);
    return await window.webContents.printToPDF({
      pageSize: paperSize(locale),
      margins: MARGINS,
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: FOOT,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  } finally {
    window.destroy();
    own.protocol.unhandle(SCHEME);
    await own.clearStorageData();
  }
}
