import type { BackupCalendar, BackupResource } from '../../../shared/model/kept/backup.ts';
import type { Login } from '../../../shared/model/login.ts';
import type { Connection } from '../caldav/types.ts';

/** What is to be backed up: one calendar, or all that the user has where the login leads. */
export interface BackupPlace {
  readonly login: Login;
  readonly calendarUrl: string | null;
}

/** One calendar to back up. */
export interface BackupTask {
  readonly url: string;
  /** Whose calendar it is, for its folder. */
  readonly user: string;
  readonly connection: Connection;
}

/** Something that is missing in the backup although it is on the server. */
export interface BackupFailure {
  readonly href: string;
  readonly reason: string;
}

/** One calendar as it went into the archive. */
export interface PulledCalendar {
  readonly calendar: BackupCalendar;
  /** What the server calls itself. */
  readonly product: string | null;
  readonly reused: number;
  readonly gone: number;
  /** Objects that only one of two lists names. */
  readonly disagreeing: number;
  readonly failed: readonly BackupFailure[];
}

/** Where one object's octets come from: the server, or an earlier backup. */
export interface PulledObject {
  readonly resource: Omit<BackupResource, 'path'>;
  readonly bytes: Buffer;
  readonly reused: boolean;
}
