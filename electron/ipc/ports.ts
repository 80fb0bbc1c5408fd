import type { Engine, Network, NetworkPorts, ProbeAnswers } from '../engine/engine.ts';
import type { RouteOutput } from '../../shared/ipc/contract.ts';
import type { RecentBackup } from '../../shared/ipc/settings-routes.ts';
import type { AdminWay, CredentialKind } from '../../shared/model/login.ts';
import type { Failure } from '../../shared/model/failure.ts';
import type { NetworkSpec } from '../../shared/model/network.ts';
import type { SavedFormat } from '../../shared/model/kept/report.ts';
import type { ServerUser } from '../../shared/model/server.ts';
import type { DroppedPaths } from './dropped-paths.ts';

/** What the handlers need of the desktop around them; electron/app has it from Electron, tests from plain objects. */
export interface Desktop {
  info(): Promise<RouteOutput<'app.info'>>;
  /** Remembers that the pictures of the first start were seen. */
  noteIntroduced(): Promise<void>;
  setTheme(theme: 'light' | 'dark' | 'system'): Promise<void>;
  /** Absolute paths; null when the person cancels. */
  choosePaths(
    what: 'files' | 'folder' | 'mapping' | 'passwords' | 'certificate' | 'runs' | 'originals',
  ): Promise<readonly string[] | null>;
  /** Where to save; null when the person cancels. */
  chooseTarget(suggestedName: string, format: SavedFormat | 'zip' | 'diagnostics'): Promise<string | null>;
  /** A page as PDF: no script runs in it, nothing is fetched. */
  printPdf(html: string): Promise<Uint8Array>;
  /** Shows a file in the system's own file manager. */
  showInFolder(path: string): void;
  /** Whether this build may write to a real server. A test build says how old its runtime is, and asks until it may. */
  mayWrite(): Promise<boolean>;
}

/** What a person set for this window, besides its looks, as it is at one moment. */
export interface PreferencesNow {
  readonly connections: number;
  readonly notifications: boolean;
  readonly runsDir: string | null;
  readonly standardRunsDir: string;
}

/** The same, to be asked and changed. */
export interface Preferences {
  /** Requests to one server at the same time. */
  readonly connections: () => number;
  readonly notifications: () => boolean;
  change(part: {
    readonly connections?: number | undefined;
    readonly notifications?: boolean | undefined;
  }): Promise<void>;
  /** The folder of runs that was chosen, there or not; null when nobody chose. */
  readonly runsDir: () => string | null;
  setRunsDir(folder: string | null): Promise<void>;
  /** Where runs are when nobody chose. */
  readonly standardRunsDir: string;
}

/** Backups and servers that were used last. */
export interface RecentFiles {
  backups(): Promise<readonly RecentBackup[]>;
  /** Null for one that is not in the list any more. */
  pathsOf(id: string): Promise<readonly string[] | null>;
  noteBackup(paths: readonly string[]): Promise<void>;
  forgetBackup(id: string): Promise<void>;
  noteServer(id: string, label: string): Promise<void>;
  forgetServer(id: string): Promise<void>;
  clear(): Promise<void>;
}

/** Where a password is: kept by the operating system, in memory until the program ends, or nowhere. */
export type PasswordPlace = 'keychain' | 'session' | 'missing';

/** Passwords by server id. What comes out of `read` goes to a server and nowhere else. */
export interface Secrets {
  readonly store: 'keychain' | 'session';
  /** Why passwords stay in memory, in a sentence; empty when they do not. */
  readonly reason: string;
  /** Of all that are known. */
  places(): ReadonlyMap<string, PasswordPlace>;
  where(id: string): PasswordPlace;
  /** With `remember`, in the keychain where there is one. */
  keep(id: string, password: string, remember: boolean): Promise<void>;
  /** Null when it is missing. */
  read(id: string): Promise<string | null>;
  forget(id: string): Promise<void>;
}

/** A server as it is stored: without its password. */
export interface StoredServer {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly user: string;
  readonly assumeNoMailHook: boolean;
  /** Origins of its calendars as found at the last login: they may differ from that of `url`. */
  readonly calendarOrigins: readonly string[];
  /** How `user`, an administrator, reaches the calendars of others. */
  readonly admin?: AdminWay | undefined;
  readonly users?: readonly ServerUser[] | undefined;
  readonly credential?: CredentialKind | undefined;
  readonly network?: NetworkSpec | undefined;
  /** What it called itself at the last login, for diagnostics. */
  readonly product?: string | undefined;
  /** What it answered beside its calendars, by place. */
  readonly probes?: Readonly<Record<string, ProbeAnswers>> | undefined;
}

/** The servers a person has added. The practice server is not one of them. */
export interface ServerBook {
  list(): readonly StoredServer[];
  save(server: StoredServer): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The practice server, as far as the window sees it. */
export interface PracticeControl {
  connection(): { readonly url: string; readonly user: string; readonly password: string };
  state(): Promise<RouteOutput<'practice.state'>>;
  /** Why it is not running; null while it is. */
  trouble(): Failure | null;
  clearMessages(): Promise<void>;
  reset(): Promise<void>;
  /** Unless it runs: under the same address, with what it holds. */
  startAgain(): Promise<void>;
}

/** The same, with what there is to try on it. */
export interface Practice extends PracticeControl {
  /** A backup that fits the sample calendars. */
  sampleBackup(): { readonly name: string; readonly text: string };
  /** A week of backups of the same calendar, newest first. */
  sampleNights(): readonly { readonly name: string; readonly text: string }[];
  /** Backups of mailboxes that move together, by the names of its users. */
  sampleMailboxes(): readonly { readonly user: string; readonly name: string; readonly text: string }[];
}

/** The passwords of a server's proxy and of one's own key, read when needed. */
export type NetworkSecrets = Pick<NetworkPorts, 'proxyPassword' | 'keyPassword'>;

export interface Ports {
  readonly engine: Engine;
  readonly desktop: Desktop;
  readonly secrets: Secrets;
  readonly book: ServerBook;
  readonly practice: Practice;
  readonly preferences: Preferences;
  readonly recents: RecentFiles;
  /** How a server is reached from this computer, with the proxy of the system where none is named. */
  readonly openNetwork: (spec: NetworkSpec, secrets: NetworkSecrets) => Network;
  /** What was dropped on the window. */
  readonly drops: Pick<DroppedPaths, 'check'>;
  /** Files that were opened from the desktop and wait; with `take` they do not wait any longer. */
  readonly opened: (take: boolean) => Promise<readonly string[]>;
  /** For files of ours that the engine reads, e.g. the sample backup. */
  readonly tempDir: string;
  /** The folder of the data of this account. */
  readonly userData: string;
}
