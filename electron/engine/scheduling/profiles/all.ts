import { APPLE_CALENDAR_SERVER, ICLOUD } from './apple.ts';
import { BEDEWORK } from './bedework.ts';
import { CYRUS } from './cyrus.ts';
import { DAVICAL } from './davical.ts';
import { DAVMAIL } from './davmail.ts';
import { GOOGLE_CALENDAR } from './google.ts';
import { NEXTCLOUD } from './nextcloud.ts';
import { OPEN_XCHANGE } from './open-xchange.ts';
import { OWNCLOUD } from './owncloud.ts';
import type { ServerProfile } from './profile.ts';
import { RADICALE } from './radicale.ts';
import { RUSTICAL } from './rustical.ts';
import { SABRE_DAV } from './sabre-dav.ts';
import { SOGO } from './sogo.ts';
import { STALWART } from './stalwart.ts';
import { XANDIKOS, XANDIKOS_0_2 } from './xandikos.ts';

/**
 * The products we know. Data: a row unlocks nothing but what `honours` and `schedules` say. Order matters: the more
 * particular fingerprint comes first.
 */
export const PROFILES: readonly ServerProfile[] = [
  CYRUS,
  DAVICAL,
  SOGO,
  NEXTCLOUD,
  OWNCLOUD,
  SABRE_DAV,
  STALWART,
  APPLE_CALENDAR_SERVER,
  ICLOUD,
  BEDEWORK,
  OPEN_XCHANGE,
  RADICALE,
  XANDIKOS_0_2,
  XANDIKOS,
  GOOGLE_CALENDAR,
  DAVMAIL,
  RUSTICAL,
];
