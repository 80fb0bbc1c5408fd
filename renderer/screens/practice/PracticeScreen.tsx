import { Button } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import type { RouteOutput } from '../../../shared/ipc/contract.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/frame/Page.tsx';
import { useFlow } from '../../stores/job/flow.ts';
import { practiceWord, usePractice } from '../../stores/practice.ts';
import { plural, shortAddress } from '../../words/format.ts';
import { Messages } from './Messages.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import frame from '../../components/frame/frame.module.css';
import chip from '../../components/chip.module.css';
import styles from './practice.module.css';

type User = RouteOutput<'practice.state'>['users'][number];

/** The rehearsal ground: whose calendars are on it, and the messages that would have gone out. */
export function PracticeScreen(): JSX.Element {
  const { state, failure, load, startAgain } = usePractice();
  const word = usePractice(practiceWord);
  const ended = word === 'not running';
  const action = ended ? { label: 'Start again', run: startAgain } : { label: 'Try again', run: load };
  useEffect(() => {
    void load();
  }, [load]);
  return (
    <div className={frame.screen}>
      <Page
        fixed
        title="Practice"
        sub={state === null ? word : `calendar server on this computer, ${state.url}`}
        actions={<Actions />}
        under={
          <p className={frame.lead}>
            A complete calendar server to try everything on. It behaves as the standard says, but its mail is caught and
            shown here instead of being sent.
          </p>
        }
      >
        {failure !== null && <Notice failure={failure} action={{ ...action, run: () => void action.run() }} />}
        {state !== null && (
          <>
            <section className={styles.people} aria-label="People">
              {state.users.map((user) => (
                <Person key={user.user} user={user} />
              ))}
            </section>
            <section
              className={classes(frame.fill, frame.live, parts.card)}
              aria-label="Messages that would have gone out"
            >
              <div className={frame.tools}>
                <h2>Messages that would have gone out</h2>
                <span className="faint">{plural(state.caught, 'message')}</span>
              </div>
              {state.messages.length === 0 ? (
                <EmptyState icon={<IconMailOff size={30} stroke={1.5} aria-hidden />} title="Quiet so far">
                  Restore the sample backup with “Notify everyone”, and the invitations that a real server would send
                  show up here. With “Notify nobody” this list stays empty: that shows that it works.
                </EmptyState>
              ) : (
                <Messages messages={state.messages} caught={state.caught} />
              )}
            </section>
          </>
        )}
      </Page>
    </div>
  );
}

function Actions(): JSX.Element {
  const { state, clearMessages, reset } = usePractice();
  const [asking, setAsking] = useState(false);
  const close = (): void => {
    setAsking(false);
  };
  return (
    <>
      <Button size="xs" disabled={state === null || state.messages.length === 0} onClick={() => void clearMessages()}>
        Clear messages
      </Button>
      <Button
        size="xs"
        disabled={state === null}
        onClick={() => {
          setAsking(true);
        }}
      >
        Reset…
      </Button>
      <Confirm
        opened={asking}
        title="Reset the practice server?"
        yes="Reset"
        onClose={close}
        onYes={() => {
          close();
          void reset().then(useFlow.getState().targetChanged);
        }}
      >
        <p>All calendars on it go back to the samples of the first start. Real servers are not touched.</p>
      </Confirm>
    </>
  );
}

function Person({ user }: { readonly user: User }): JSX.Element {
  return (
    <article className={classes(styles.person, parts.card)} aria-label={user.user}>
      <div className="row">
        <h2>{user.user}</h2>
        <span className="grow" />
        <span
          className={user.inbox > 0 ? classes(chip.chip, chip.warn) : classes(chip.chip, chip.hush)}
          title="Messages from other calendars that wait in the inbox of this calendar user"
        >
          {plural(user.inbox, 'inbox item')}
        </span>
      </div>
      <p className="small dim">{user.addresses.map(shortAddress).join(', ')}</p>
      <ul className="small">
        {user.calendars.map((calendar) => (
          <li key={calendar.url} className="row">
            <span
              className={parts.swatch}
              style={calendar.color === null ? {} : { background: calendar.color.slice(0, 7) }}
              aria-hidden
            />
            <span className="grow ellipsis">{calendar.name}</span>
            {calendar.objects !== null && <span className="dim">{plural(calendar.objects, 'event')}</span>}
          </li>
        ))}
      </ul>
    </article>
  );
}
