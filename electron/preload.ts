import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { BRIDGE_NAME, DROP_CHANNEL, PUSH_CHANNEL, REQUEST_CHANNEL } from '../shared/ipc/channels.ts';
import type { Bridge } from '../shared/ipc/contract.ts';

// The only file that exposes something to the page: one request, one subscribe.

/** A dropped file has a path only here. */
function pathsOf(files: Iterable<unknown>): readonly string[] {
  const paths = Array.from(files, (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''));
  return paths.filter((path) => path !== '');
}

function withPaths(input: unknown, files: readonly unknown[]): unknown {
  return { ...(typeof input === 'object' ? input : {}), paths: pathsOf(files) };
}

// Main hears of a drop from here, before the page does, and opens no path of a request that it has not heard of. What a
// script makes up is no trusted event.
window.addEventListener(
  'drop',
  ({ isTrusted, dataTransfer }) => {
    if (isTrusted && dataTransfer !== null) ipcRenderer.send(DROP_CHANNEL, pathsOf(dataTransfer.files));
  },
  { capture: true },
);

/** Routes that take dropped files. */
const DROPS: readonly string[] = ['source.drop', 'find.drop', 'mapping.drop'];

const bridge: Bridge = {
  async request(route, input, files) {
    const sent = DROPS.includes(route) ? withPaths(input, files ?? []) : input;
    // Main answers every request with the text of an envelope, refused ones too.
    return (await ipcRenderer.invoke(REQUEST_CHANNEL, route, sent)) as string;
  },
  subscribe(listener) {
    const receive = (_event: unknown, push: string, data: unknown): void => {
      listener(push, data);
    };
    ipcRenderer.on(PUSH_CHANNEL, receive);
    return () => {
      ipcRenderer.off(PUSH_CHANNEL, receive);
    };
  },
};

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
