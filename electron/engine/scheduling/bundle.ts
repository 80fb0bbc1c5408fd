import type { SchedulingMode } from '../../../shared/model/scheduling.ts';

/**
 * All headers by which some server is known to keep quiet. Each is ignored where it is unknown, so in mode `none` they go
 * together: a server that announces the draft and does not keep it still gets what it may know.
 */
export const QUIET_BUNDLE: Readonly<Record<string, string>> = {
  // draft-gondwana-caldav-scheduling-controls §4.1; Open-Xchange
  Scheduling: 'none',
  // Cyrus
  'Scheduling-Enabled': 'F',
  // RFC 6638 §8.1 for an attendee's DELETE; the sabre/dav family and Stalwart on more than that
  'Schedule-Reply': 'F',
  // Nextcloud
  'X-NC-Scheduling': 'false',
  // ownCloud
  'OC-CalDav-Import': 'true',
  // Bedework
  'Bw-NoInvites': 'true',
};

/** The scheduling headers of one write where the mode is known to be kept: in every mode but `none`, one token. */
export function modeHeaders(mode: SchedulingMode): Readonly<Record<string, string>> {
  return mode === 'none' ? QUIET_BUNDLE : { Scheduling: mode };
}

/** What is deleted with it is not kept in a trash bin (Nextcloud, apps/dav/lib/CalDAV/Trashbin/Plugin.php). */
export const PAST_THE_BIN: Readonly<Record<string, string>> = { 'X-NC-CalDAV-No-Trashbin': '1' };
