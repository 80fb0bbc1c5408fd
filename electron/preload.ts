import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, Envelope } from '../shared/ipc/contract.ts';

// The only file that exposes something to the page: one request, one subscribe. The names are those of the contract;
// they are repeated as types only, so that the schemas stay out of the preload.
const BRIDGE: typeof import('../shared/ipc/contract.ts').BRIDGE_NAME = 'hushcal';
const REQUEST: typeof import('../shared/ipc/contract.ts').REQUEST_CHANNEL = 'hushcal:request';
const PUSH: typeof import('../shared/ipc/contract.ts').PUSH_CHANNEL = 'hushcal:push';

/** A dropped file has a path only here; main checks what it is asked to read. */
function withPaths(input: unknown, files: readonly unknown[]): unknown {
  const paths = files.map((file) => (file instanceof File ? webUtils.getPathForFile(file) : ''));
  return { ...(typeof input === 'object' ? input : {}), paths: paths.filter((path) => path !== '') };
}

const bridge: Bridge = {
  async request(route, input, files) {
    const sent = route === 'source.drop' ? withPaths(input, files ?? []) : input;
    // Main answers every request with an envelope, refused ones too.
    const answer: Envelope<unknown> = await ipcRenderer.invoke(REQUEST, route, sent);
    return answer;
  },
  subscribe(listener) {
    const receive = (_event: unknown, push: string, data: unknown): void => {
      listener(push, data);
    };
    ipcRenderer.on(PUSH, receive);
    return () => {
      ipcRenderer.off(PUSH, receive);
    };
  },
};

contextBridge.exposeInMainWorld(BRIDGE, bridge);
