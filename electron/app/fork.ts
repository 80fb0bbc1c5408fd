import { utilityProcess } from 'electron';
import type { Child } from '../processes/child.ts';

/**
 * Starts one of our programs in a process of its own. Chromium ends it with the app, also where the app is killed.
 * @param name as the system's list of processes calls it
 */
export function fork(entry: string, name: string): Child {
  const child = utilityProcess.fork(entry, [], { serviceName: name, stdio: 'inherit' });
  const ended = new Promise<number>((resolve) => {
    child.once('exit', resolve);
  });
  return {
    post: (message) => {
      child.postMessage(message);
    },
    listen: (heard) => {
      child.on('message', heard);
    },
    ended,
    kill: () => {
      child.kill();
    },
  };
}
