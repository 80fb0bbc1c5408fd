import type { JSX } from 'react';
import { ProgramDialog } from './ProgramDialog.tsx';
import { Notices } from './Notices.tsx';
import { useApp } from '../../stores/app.ts';
import { MODE_WORDS } from '../../words/modes.ts';
import { STANDARD_MODES } from '../../../shared/model/scheduling.ts';
import { classes } from '../classes.ts';
import parts from '../parts.module.css';

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
  { word: 'On behalf of', means: 'The address on whose behalf an event is written, for people who have several.' },
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
  const show = useApp((state) => state.show);
  const showTour = useApp((state) => state.showTour);
  const info = useApp((state) => state.info);
  return (
    <ProgramDialog name="help" title="Help and glossary" size={620}>
      <div className="stack">
        <p>
          Hushcal puts calendars back without waking anyone. A job is four steps: choose a backup and a calendar, decide
          who should be notified, review every event, run. Nothing is written before the last step.
        </p>
        <p>
          <button type="button" className={parts.link} onClick={showTour}>
            Show the pictures of the first start again
          </button>
        </p>
        <h3>Who is notified</h3>
        <dl className={classes(parts.facts, parts.wide)}>
          {STANDARD_MODES.map((mode) => (
            <div key={mode} className={parts.fact}>
              <dt>{MODE_WORDS[mode].title}</dt>
              <dd className={parts.then}>{MODE_WORDS[mode].says}</dd>
            </div>
          ))}
        </dl>
        <h3>Words</h3>
        <dl className={classes(parts.facts, parts.wide)}>
          {WORDS.map(({ word, means }) => (
            <div key={word} className={parts.fact}>
              <dt>{word}</dt>
              <dd className={parts.then}>{means}</dd>
            </div>
          ))}
        </dl>
        <h3>Keys</h3>
        <p>
          Everything works by keyboard.{' '}
          <button
            type="button"
            className={parts.link}
            onClick={() => {
              show('shortcuts');
            }}
          >
            Show all keyboard shortcuts
          </button>
        </p>
        {info !== null && (
          <p className="faint small">
            Hushcal {info.version} · Electron {info.electron}
            {info.testBuild && ' · Test build, not for real work'} · MIT licence
          </p>
        )}
        <Notices />
      </div>
    </ProgramDialog>
  );
}
