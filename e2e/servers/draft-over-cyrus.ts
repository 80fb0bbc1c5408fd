import type { MeetingPeople } from './draft-table.ts';
import type { RunningServer } from './harness.ts';

/** The users of `cyrus.sh` as the draft's table names them. */
export const PEOPLE: MeetingPeople = {
  alice: 'mailto:alice@example.com',
  bob: 'mailto:bob@example.com',
  carol: 'mailto:carol@example.com',
};

/** Where draftproxy.py listens. */
export function draftOrigin(running: RunningServer): string {
  const origin = running.description.draft_base_url;
  if (origin === undefined || origin === null) throw new Error('draftproxy.py is not running');
  return origin;
}
