import { routes, type RouteName } from '../../shared/ipc/contract.ts';
import { HushError } from '../../shared/model/failure.ts';
import { isOurs } from '../page-origin.ts';

/** Who asks: what is known of the frame that sent a request. */
export interface Sender {
  readonly url: string;
  readonly isTopFrame: boolean;
  /** The frame belongs to the window that we opened. */
  readonly isOurWindow: boolean;
}

/** First check: the top frame of our window, showing our own pages. Throws HushError. */
export function checkSender(sender: Sender | null): void {
  if (sender !== null && sender.isOurWindow && sender.isTopFrame && isOurs(sender.url)) return;
  throw new HushError({
    code: 'IPC_FORBIDDEN',
    message: 'A page that is not part of Hushcal asked for something. It was refused.',
    reaction: 'our-bug',
  });
}

/** Whether there is such a route; own keys only, so that `constructor` is none. */
function isRoute(name: unknown): name is RouteName {
  return typeof name === 'string' && Object.hasOwn(routes, name);
}

/** Second check: a known route, and an input that its schema lets through. Throws HushError. */
export function checkRoute(name: unknown): RouteName {
  if (isRoute(name)) return name;
  throw new HushError({
    code: 'IPC_UNKNOWN_ROUTE',
    message: 'The window asked for something that this version does not know. Close Hushcal and start it again.',
    reaction: 'our-bug',
  });
}
