import { Modal } from '@mantine/core';
import type { JSX } from 'react';
import { Notices } from './Notices.tsx';
import { useApp } from '../../stores/app.ts';
import { MODE_WORDS } from '../../words/modes.ts';
import { STANDARD_MODES } from '../../../shared/model/scheduling.ts';

const WORDS: readonly { readonly word: string; readonly means: string }[] = [
  { word: 'CalDAV', means: 'The language that calendar servers speak. Hushcal talks to every server that knows it.' },
  {
    word: 'Organizer, guest',
    means: 'The organizer of a meeting invites; guests (attendees) answer. Servers send mail when either changes.',
  },
  {
    word: 'Internal, external',
    means: 'Internal: people with a calendar on the same server. External: everybody else; they get mail.',
  },
  { word: 'On behalf of', means: 'The address in whose name an event is written, for people who have several.' },
  {
    word: 'You chose, the server will',
    means: 'What you chose, and what the server is known to do. When that is not known, nothing is written.',
  },
  { word: 'Recurring', means: 'An event that repeats. Its changed instances are restored together with it.' },
  {
    word: 'UID',
    means: 'The name that stays with an event for life. Two events with the same UID are the same event.',
  },
  {
    word: 'Notes',
    means:
      'Automatic fixes that a server demands, such as leaving out a METHOD line, and warnings. Each one is listed before the run.',
  },
  {
    word: 'Read back',
    means: 'After writing, Hushcal fetches the event again and compares what it means, line by line.',
  },
];

export function HelpDialog(): JSX.Element {
  const opened = useApp((state) => state.help);
  const showHelp = useApp((state) => state.showHelp);
  const showTour = useApp((state) => state.showTour);
  const info = useApp((state) => state.info);
  return (
    <Modal
      opened={opened}
      onClose={() => {
        showHelp(false);
      }}
      title="Help and glossary"
      size={620}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="stack">
        <p>
          Hushcal puts calendars back without waking anyone. A job is four steps: choose a backup and a calendar, decide
          who should be notified, review every event, run. Nothing is written before the last step.
        </p>
        <p>
          <button type="button" className="link" onClick={showTour}>
            Show the pictures of the first start again
          </button>
        </p>
        <h3>Who is notified</h3>
        <dl className="facts wide">
          {STANDARD_MODES.map((mode) => (
            <div key={mode} className="fact">
              <dt>{MODE_WORDS[mode].title}</dt>
              <dd className="then">{MODE_WORDS[mode].says}</dd>
            </div>
          ))}
        </dl>
        <h3>Words</h3>
        <dl className="facts wide">
          {WORDS.map(({ word, means }) => (
            <div key={word} className="fact">
              <dt>{word}</dt>
              <dd className="then">{means}</dd>
            </div>
          ))}
        </dl>
        <h3>Keys in the list of events, and in a week or month</h3>
        <p className="dim">
          Up and down, Page up and Page down, Home and End move. Space selects, Enter opens, Escape closes. In a week or
          month the arrows move by day and week, Page up and Page down by month; Enter opens the list of the day, and
          Space selects all of it.
        </p>
        {info !== null && (
          <p className="faint small">
            Hushcal {info.version} · Electron {info.electron}
            {info.testBuild && ' · Test build, not for real work'} · MIT licence
          </p>
        )}
        <Notices />
      </div>
    </Modal>
  );
}
