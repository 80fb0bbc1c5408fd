import type { ElectronApplication, Page } from '@playwright/test';
import type { Envelope, RouteInput, RouteName, RouteOutput } from '../../shared/ipc/contract.ts';

/** The real app in the real Electron, with a profile of its own. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** The password of alice, bob, carol and admin on the app's practice server (its address: `practice.state`). */
  readonly practicePassword: string;
  /** What the address of the practice server's controls holds. */
  readonly practiceToken: string;
  /** Errors and warnings of the page's console, refused by policy included; a test that wants some empties it. */
  readonly problems: string[];
  /** What the main process wrote to standard error. */
  readonly stderr: string[];
  /** One request as the page makes it; gives the envelope. */
  request<R extends RouteName>(route: R, input: RouteInput<R>): Promise<Envelope<RouteOutput<R>>>;
  /** The same for an answer that must be good. */
  ask<R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>>;
  /** Ends the app as a person does; the profile stays. */
  close(): Promise<void>;
  /** Ends the app as a power cut does; the profile stays. */
  kill(): Promise<void>;
}
