import { hasCode, type HushError } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';

/** Not a failure of the server, only the wrong place on it. */
export function isWrongAddress(error: unknown): error is HushError {
  return hasCode(error, WRONG_ADDRESS);
}

const WRONG_ADDRESS: readonly FailureCode[] = [
  'SERVER_NOT_CALDAV',
  'SERVER_NO_DAV',
  'SERVER_NO_CALENDAR',
  'SERVER_NO_HOME',
  'SERVER_FORBIDDEN',
];
