import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { toFailure } from '../../shared/model/failure.ts';
import { DROP_CHANNEL, PUSH_CHANNEL, REQUEST_CHANNEL } from '../../shared/ipc/channels.ts';
import type { Sender } from './checks.ts';
import { checkedPush } from './push.ts';
import type { Push } from './types.ts';

/** Who listens to the page. */
interface Listener {
  /** Gives the envelope of a request as JSON. Never rejects. */
  request(sender: Sender | null, route: unknown, input: unknown): Promise<string>;
  /** Something was dropped on a window. Never throws. */
  dropped(sender: Sender | null, paths: unknown): void;
}

/** The only file that imports ipcMain: one channel in, one for drops, one channel out. */
export function openTransport(listener: Listener, ours: () => WebContents | null): void {
  ipcMain.handle(REQUEST_CHANNEL, (event, route: unknown, input: unknown) =>
    listener.request(senderOf(event, ours()), route, input),
  );
  ipcMain.on(DROP_CHANNEL, (event, paths: unknown) => {
    listener.dropped(senderOf(event, ours()), paths);
  });
}

/** Null when the frame is gone: it was taken away or led elsewhere after it asked, and Electron throws on a look at it. */
function senderOf(event: IpcMainEvent | IpcMainInvokeEvent, ours: WebContents | null): Sender | null {
  try {
    const frame = event.senderFrame;
    if (frame === null) return null;
    return { url: frame.url, isTopFrame: frame.parent === null, isOurWindow: event.sender === ours };
  } catch {
    return null;
  }
}

/** A push to the window there is at that moment, which fits its schema already; none is no error. */
export function createSend(ours: () => WebContents | null): (name: string, data: unknown) => void {
  return (name, data) => {
    const contents = ours();
    if (contents !== null && !contents.isDestroyed()) contents.send(PUSH_CHANNEL, name, data);
  };
}

/** The same for what is said in this process. */
export function createPush(send: (name: string, data: unknown) => void): Push {
  return checkedPush(send, (failure) => process.stderr.write(`${toFailure(failure).message}\n`));
}
