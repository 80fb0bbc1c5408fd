import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { toFailure } from '../../shared/model/failure.ts';
import { PUSH_CHANNEL, REQUEST_CHANNEL } from '../../shared/ipc/channels.ts';
import { dispatch } from './dispatch.ts';
import type { Sender } from './gates.ts';
import { checkedPush } from './push.ts';
import type { Handlers, Push } from './types.ts';

/** The only file that imports ipcMain: one channel in, one channel out. */
export function openTransport(handlers: Handlers, ours: () => WebContents | null): void {
  ipcMain.handle(REQUEST_CHANNEL, async (event, route: unknown, input: unknown) =>
    JSON.stringify(await dispatch(handlers, senderOf(event, ours()), route, input)),
  );
}

/** Null when the frame is gone: it was taken away or led elsewhere after it asked, and Electron throws on a look at it. */
function senderOf(event: IpcMainInvokeEvent, ours: WebContents | null): Sender | null {
  try {
    const frame = event.senderFrame;
    if (frame === null) return null;
    return { url: frame.url, isTopFrame: frame.parent === null, isOurWindow: event.sender === ours };
  } catch {
    return null;
  }
}

/** A push to the window there is at that moment; none is no error. */
export function createPush(ours: () => WebContents | null): Push {
  return checkedPush(
    (name, data) => {
      const contents = ours();
      if (contents !== null && !contents.isDestroyed()) contents.send(PUSH_CHANNEL, name, data);
    },
    (failure) => process.stderr.write(`${toFailure(failure).message}\n`),
  );
}
