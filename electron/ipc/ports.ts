import type { Engine, Network, NetworkPorts } from '../engine/engine.ts';
import type { RouteOutput } from '../../shared/ipc/contract.ts';
import type { AdminWay, CredentialKind } from '../../shared/model/login.ts';
import type { NetworkSpec } from '../../shared/model/network.ts';
import type { SavedFormat } from '../../shared/model/report.ts';
import type { ServerUser } from '../../shared/model/server.ts';

/** What the handlers need of the desktop around them; electron/app has it from Electron, tests from plain objects. */
export interface Desktop {
  info(): Promise<RouteOutput<'app.info'>>;
  /** Remembers that the pictures of the first start were seen. */
  noteIntroduced(): Promise<void>;
  setTheme(theme: 'light' | 'dark' | 'system'): Promise<void>;
  /** Absolute paths; null when the person cancels. */
  choosePaths(what: 'files' | 'folder' | 'mapping' | 'passwords' | 'certificate'): Promise<readonly string[] | null>;
  /** Where to save; null when the person cancels. */
  chooseTarget(suggestedName: string, format: SavedFormat | 'zip'): Promise<string | null>;
  /** A page as PDF: no script runs in it, nothing is fetched. */
  printPdf(html: string): Promise<Uint8Array>;
  /** Shows a file in the system's own file manager. */
  showInFolder(path: string): void;
  /** Whether this build may write to a real server. A test build says how old its runtime is, and asks until it may. */
  mayWrite(): Promise<boolean>;
}

/** Where a password is: kept by the operating system, in memory until the program ends, or nowhere. */
export type PasswordPlace = 'keychain' | 'session' | 'missing';

/** Passwords by server id. What comes out of `read` goes to a server and nowhere else. */
export interface Secrets {
  readonly store: 'keychain' | 'session';
  /** Why passwords stay in memory, in a sentence; empty when they do not. */
  readonly reason: string;
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
}

/** The servers a person has added. The practice server is not one of them. */
export interface ServerBook {
  list(): readonly StoredServer[];
  save(server: StoredServer): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The practice server, as far as the window sees it. */
export interface Practice {
  connection(): { readonly url: string; readonly user: string; readonly password: string };
  state(): Promise<RouteOutput<'practice.state'>>;
  clearMessages(): Promise<void>;
  reset(): Promise<void>;
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
  /** How a server is reached from this computer, with the proxy of the system where none is named. */
  readonly openNetwork: (spec: NetworkSpec, secrets: NetworkSecrets) => Network;
  /** For files of ours that the engine reads, e.g. the sample backup. */
  readonly tempDir: string;
}
