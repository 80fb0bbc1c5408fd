import { Button, Modal } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { MappingRowView, TestedRow } from '../../../shared/model/batch/mapping-view.ts';
import { Note, Notice } from '../../components/Notice.tsx';
import { useMapping } from '../../stores/batch/mapping.ts';
import { useMappingCanary } from '../../stores/batch/mapping-canary.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { classes } from '../../components/classes.ts';
import { DialogButtons } from '../../components/frame/DialogButtons.tsx';
import parts from '../../components/parts.module.css';
import notice from '../../components/notice.module.css';
import styles from '../job/decide/decide.module.css';
import migrate from './migrate.module.css';

/** Asks before test events are written for blocked rows, and shows what each one opened. */
export function RowTests(): JSX.Element {
  const { phase, rows, done, of, tested, failure, fly, stop, close } = useMappingCanary();
  const view = useMapping((state) => state.view);
  const users = usersOf(view?.rows ?? [], rows);
  return (
    <Modal
      opened={phase !== 'closed'}
      onClose={close}
      size="lg"
      title="Test with a test event"
      closeButtonProps={{ 'aria-label': 'Close', disabled: phase === 'tries' }}
    >
      <div className="stack" data-testid="row-tests">
        {phase === 'asks' ? <Before users={users} /> : <Tested tested={tested} ended={phase === 'ended'} />}
        {phase === 'tries' && (
          <p className="dim" role="status" data-testid="row-tests-progress">
            {formatNumber(done)} of {plural(of, 'row')}: writing, reading and removing test events
          </p>
        )}
        {failure !== null && <Notice failure={failure} />}
        <DialogButtons>
          {phase === 'tries' ? (
            <Button onClick={() => void stop()}>Stop the test</Button>
          ) : (
            <Button onClick={close}>{phase === 'asks' ? 'Cancel' : 'Back to the check'}</Button>
          )}
          {phase === 'asks' && (
            <Button variant="filled" onClick={() => void fly()}>
              Write test events for {plural(users.length, 'user')}
            </Button>
          )}
        </DialogButtons>
      </div>
    </Modal>
  );
}

/** Whose calendars would be written to, each once. */
function usersOf(all: readonly MappingRowView[], rows: readonly number[]): readonly string[] {
  const chosen = new Set(rows);
  const users = all.filter(({ row }) => chosen.has(row)).map(({ user }) => user);
  return [...new Map(users.map((user) => [user.toLowerCase(), user])).values()];
}

/** Names that stand in one sentence. */
const MOST_NAMED = 5;
/** Different things that were seen, as far as they are shown. */
const MOST_SAID = 3;

function Before({ users }: { readonly users: readonly string[] }): JSX.Element {
  const more = users.length - MOST_NAMED;
  const named = users.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${plural(more, 'other')}` : '');
  return (
    <>
      <p>
        Two test events are written into a calendar of each of {plural(users.length, 'user')} ({named}), looked at, and
        deleted again, one user after the other:
      </p>
      <ol className={parts.numbered}>
        <li>one without the “no messages” request: the server must note that it would notify the guest;</li>
        <li>one with it, and a change of that one: the server must note nothing.</li>
      </ol>
      <p className="dim">
        The only guest has an address that cannot exist (<code>…@hushcal.invalid</code>). The first event may cause one
        bounce in the mailbox of the calendar’s owner. Where the test of one user opens nothing, the others are spared.
      </p>
    </>
  );
}

function Tested({ tested, ended }: { readonly tested: readonly TestedRow[]; readonly ended: boolean }): JSX.Element {
  const open = tested.filter(({ opens }) => opens).length;
  return (
    <>
      {ended && (
        <Note tone={open > 0 && open === tested.length ? 'hush' : 'warn'} role="status">
          <div className={notice.what}>{headline(open, tested.length)}</div>
          <div className={notice.said}>
            {open > 0
              ? 'What a test event showed is remembered for its user for seven days.'
              : 'Nothing is unlocked by it.'}
          </div>
        </Note>
      )}
      <ul className={classes(styles.checks, migrate.rowTests)} aria-label="What the test events showed" tabIndex={0}>
        {tested.map(({ row, mailbox, opens, said }) => (
          <li key={row} className={opens ? styles.ok : styles.not}>
            {opens ? <IconCheck size={15} aria-label="open" /> : <IconX size={15} aria-label="blocked" />}
            <span>
              <b>{mailbox}</b>{' '}
              <span className="small dim">
                {opens ? 'Nobody was notified of a new event, nor of its change.' : said}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {[...new Set(tested.filter(({ opens }) => opens).map(({ said }) => said))].slice(0, MOST_SAID).map((said) => (
        <p key={said} className="small dim">
          {said}
        </p>
      ))}
    </>
  );
}

function headline(open: number, tried: number): string {
  if (tried === 0) return 'Stopped before anything was found out.';
  if (open === tried) return `${plural(open, 'row')} can be copied without notifying anybody.`;
  if (open === 0) return `${plural(tried, 'row')} stay${tried === 1 ? 's' : ''} blocked.`;
  return `${formatNumber(open)} of ${plural(tried, 'row')} can be copied without notifying anybody.`;
}
