import type { LoginWay } from '../../shared/model/login.ts';

interface WayWords {
  readonly label: string;
  readonly says: string;
}

/** How one gets into the calendars of many users. */
export const WAY_WORDS: Readonly<Record<LoginWay, WayWords>> = {
  own: {
    label: 'each user’s own password',
    says: 'Every user needs a password or an app password: typed here once, or imported from a list.',
  },
  direct: {
    label: 'as administrator, directly',
    says: 'The administrator logs in with its own name on the users’ calendars (SOGo superuser, DAViCal Admin).',
  },
  'authorize-as': {
    label: 'as administrator, for the user (Cyrus)',
    says: 'The administrator logs in and names the user with each request, as Cyrus allows it.',
  },
  template: {
    label: 'as administrator, with combined login (Stalwart)',
    says: 'The login name holds both names, for example {user}%{admin} (Stalwart).',
  },
};
