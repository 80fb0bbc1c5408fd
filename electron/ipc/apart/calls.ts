import type { EnginePorts } from '../../engine/types.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import type { Sender } from '../checks.ts';
import type {
  Desktop,
  PasswordPlace,
  PracticeControl,
  Preferences,
  PreferencesNow,
  RecentFiles,
  Secrets,
} from '../ports.ts';

/** What the engine's process is told at its start. */
export interface EngineStart {
  /** Where servers and runs are kept. */
  readonly userData: string;
  readonly preferences: PreferencesNow;
  /** Where temporary folders are made. */
  readonly tempRoot: string;
  readonly operator: EnginePorts['operator'];
  readonly secrets: Pick<Secrets, 'store' | 'reason'> & { readonly places: ReadonlyMap<string, PasswordPlace> };
  readonly practice: PracticeNow;
}

/** Of the practice server, what is asked in passing. */
export interface PracticeNow {
  readonly connection: ReturnType<PracticeControl['connection']>;
  readonly trouble: Failure | null;
}

/** What the engine's process does for the main process. */
export interface EngineCalls {
  start(settings: EngineStart): Promise<void>;
  /** The envelope that answers a request of the page, as JSON. Never rejects. */
  request(sender: Sender | null, route: unknown, input: unknown): Promise<string>;
  /** Something was dropped on the window. */
  dropped(sender: Sender | null, paths: unknown): void;
  /** The practice server has begun or ended. */
  practiceIs(now: PracticeNow): void;
  /** Stops what goes on; resolves when it has ended. */
  stopAll(): Promise<void>;
  /** Leaves nothing behind. */
  close(): Promise<void>;
}

/** Runs, or batches. */
export type Going = 'runs' | 'batches';

/** A title and a sentence for a notification. */
export interface Summed {
  readonly title: string;
  readonly body: string;
}

/** What the main process shows of what goes on. */
export interface Busy {
  /** @param fraction of all together, 0 to 1; null while nobody can tell */
  readonly progressed: (kind: Going, going: number, fraction: number | null) => void;
  readonly ended: (kind: Going, remaining: number, words: Summed) => void;
}

/** What the main process does for the engine's: all that takes Electron, and the practice server. */
export interface MainCalls extends Desktop, Busy {
  readSecret(id: string): Promise<string | null>;
  keepSecret(id: string, password: string, remember: boolean): Promise<PasswordPlace>;
  forgetSecret(id: string): Promise<void>;
  changePreferences: Preferences['change'];
  setRunsDir: Preferences['setRunsDir'];
  recentBackups: RecentFiles['backups'];
  recentPaths: RecentFiles['pathsOf'];
  noteBackup: RecentFiles['noteBackup'];
  forgetBackup: RecentFiles['forgetBackup'];
  noteServer: RecentFiles['noteServer'];
  forgetServer: RecentFiles['forgetServer'];
  clearRecents: RecentFiles['clear'];
  /** As a PAC file answers. */
  systemProxy(origin: string): Promise<string>;
  practiceState(): ReturnType<PracticeControl['state']>;
  practiceClear(): Promise<void>;
  practiceReset(): Promise<void>;
  practiceStart(): Promise<void>;
  /** Files that were opened from the desktop and wait; with `take` they do not wait any longer. */
  openedFiles(take: boolean): Promise<readonly string[]>;
  /** To the window, as its schema says. */
  push(name: string, data: unknown): void;
  /** What nobody caught, for a person. */
  unexpected(message: string): void;
}
