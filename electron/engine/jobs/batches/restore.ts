import { behalfOf } from '../../../../shared/model/login.ts';
import type { RestoreSpec } from '../../../../shared/model/job.ts';
import { restoreSeveralSpec, type SeveralMember } from '../../../../shared/model/batch/restore-several.ts';
import { sourceName } from '../../../../shared/text/display-names.ts';
import type { MakeWork, MemberPlan } from '../../batch/types.ts';
import type { Connection } from '../../caldav/types.ts';
import { parseRule } from '../../plan/rules/rules.ts';
import { prepareRestore } from '../restore.ts';

/** A restore of several calendars of one user: one run per calendar, one consent and one report for all. */
export const makeRestore: MakeWork = (ports, given, connect) => {
  const { members, limits, login, ...asked } = restoreSeveralSpec.parse(given);
  for (const rule of asked.only) parseRule(rule);
  const behalf = behalfOf(login);
  const at = (member: number): SeveralMember => {
    const found = members[member];
    if (found === undefined) throw new Error(`no member ${member}`);
    return found;
  };
  const connection = (member: number): Connection => connect({ ...login, url: at(member).calendarUrl });
  return Promise.resolve({
    kind: 'restore',
    asked: asked.mode,
    limits,
    members: members.map((member): MemberPlan => memberPlan(member, login)),
    stops: [],
    // What each plan says is said once for all of them.
    notes: [],
    spec: { ...asked, members, limits, login },
    prepare(member, progress, signal) {
      const { source, calendarUrl, makeCalendar } = at(member);
      const spec: RestoreSpec = {
        ...asked,
        ...(behalf === undefined ? {} : { behalf }),
        sources: [source],
        calendarUrl,
        ...(makeCalendar === undefined ? {} : { makeCalendar }),
      };
      return prepareRestore(ports, spec, connection(member), progress, signal);
    },
    connection,
    close: () => Promise.resolve(),
  });
};

function memberPlan({ source, calendarUrl, calendarName }: SeveralMember, login: MemberPlan['login']): MemberPlan {
  return {
    mailbox: login?.user ?? '',
    calendar: calendarName,
    calendarUrl,
    sources: [sourceName(source)],
    stage: 0,
    origin: new URL(calendarUrl).origin,
    login: login === null ? null : { ...login, url: calendarUrl },
    notCarried: [],
    problem: null,
  };
}
