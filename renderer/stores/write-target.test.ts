import { describe, expect, it } from 'vitest';
import type { BatchMember } from '../../shared/model/batch/batch.ts';
import type { RunEntry } from '../../shared/model/kept/report.ts';
import type { ServerInfo } from '../../shared/model/server.ts';
import { targetOfMembers, targetOfRun, targetOnServer } from './write-target.ts';

const PRACTICE: ServerInfo = {
  id: 'practice',
  name: 'Practice server',
  url: 'http://127.0.0.1:4000/',
  user: 'alice',
  practice: true,
  password: 'session',
  assumeNoMailHook: false,
};
const REAL: ServerInfo = {
  ...PRACTICE,
  id: 'real',
  name: 'Ours',
  url: 'https://cal.example:8443/dav/',
  practice: false,
};
const SERVERS = [PRACTICE, REAL];

const run = (calendarUrl: string): RunEntry => ({ calendarUrl, calendar: 'Work', user: 'anna' }) as RunEntry;
const member = (mailbox: string, calendarUrl: string | null): BatchMember =>
  ({ mailbox, calendar: 'Work', calendarUrl }) as BatchMember;

describe('where a job writes', () => {
  it('is live on every server but the practice server of this app', () => {
    expect(targetOnServer(PRACTICE, 'Work').live).toBe(false);
    expect(targetOnServer(REAL, 'Work')).toEqual({
      live: true,
      host: 'cal.example:8443',
      user: 'alice',
      calendar: 'Work',
    });
    expect(targetOnServer({ ...REAL, admin: { way: 'direct' } }, null, 'anna').user).toBe('alice for anna');
  });

  it('is where the run went, whatever server another screen has chosen', () => {
    expect(targetOfRun(run('https://cal.example:8443/dav/anna/work/'), SERVERS)).toEqual({
      live: true,
      host: 'cal.example:8443',
      user: 'anna',
      calendar: 'Work',
    });
    expect(targetOfRun(run('http://127.0.0.1:4000/anna/work/'), SERVERS).live).toBe(false);
    // Another port on this computer may be anything.
    expect(targetOfRun(run('http://127.0.0.1:4001/anna/work/'), SERVERS).live).toBe(true);
  });

  it('is live for a batch as soon as one calendar is, and while nothing is known', () => {
    expect(targetOfMembers([], SERVERS)).toMatchObject({ live: true, host: null });
    expect(targetOfMembers([member('anna', null)], SERVERS)).toMatchObject({ live: true, host: null });
    expect(targetOfMembers([member('anna', 'http://127.0.0.1:4000/anna/')], SERVERS)).toMatchObject({
      live: false,
      user: 'anna',
    });
    const mixed = [member('anna', 'http://127.0.0.1:4000/anna/'), member('ben', 'https://cal.example:8443/ben/')];
    expect(targetOfMembers(mixed, SERVERS)).toMatchObject({ live: true, user: '2 users', calendar: '2 calendars' });
  });
});
