import { APPLE_CALENDAR_SERVER, ICLOUD } from './apple.ts';
import { BAIKAL } from './baikal.ts';
import { BEDEWORK } from './bedework.ts';
import { CYRUS } from './cyrus.ts';
import { DAVICAL } from './davical.ts';
import { GOOGLE_CALENDAR } from './google.ts';
import { NEXTCLOUD } from './nextcloud.ts';
import { OPEN_XCHANGE } from './open-xchange.ts';
import { OWNCLOUD } from './owncloud.ts';
import type { ServerProfile } from './profile.ts';
import { RADICALE } from './radicale.ts';
import { SABRE_DAV } from './sabre-dav.ts';
import { SOGO } from './sogo.ts';
import { STALWART } from './stalwart.ts';
import { XANDIKOS } from './xandikos.ts';
import { ZIMBRA } from './zimbra.ts';

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
  BAIKAL,
  SABRE_DAV,
  STALWART,
  APPLE_CALENDAR_SERVER,
  ICLOUD,
  BEDEWORK,
  ZIMBRA,
  OPEN_XCHANGE,
  RADICALE,
  XANDIKOS,
  GOOGLE_CALENDAR,
];
