import { Checkbox, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { SafetyStop } from '../../shared/model/plan.ts';
import type { NotifiedCount } from '../../shared/model/scheduling.ts';
import { formatNumber, plural } from '../words/format.ts';
import { pastWords } from '../words/modes.ts';
import { Confirm } from './Confirm.tsx';
import { Note } from './Notice.tsx';

interface ConsentProps {
  /** The title where people are told. */
  readonly title: string;
  /** Who hears of it, and how many messages go out; null where nobody does, and nothing is to be typed. */
  readonly notified: NotifiedCount | null;
  /** What must be waved on. */
  readonly stops: readonly SafetyStop[];
  readonly onClose: () => void;
  readonly onYes: () => void;
}

/** The last question. Where people are told, the number of messages is typed: they cannot be taken back. */
export function Consent({ title, notified, stops, onClose, onYes }: ConsentProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const [understood, setUnderstood] = useState(false);
  const agrees =
    notified === null || (typed.trim() !== '' && Number(typed.replaceAll(/[\s,.]/g, '')) === notified.messages);
  const tooLong = notified !== null && typed.length >= String(notified.messages).length;
  return (
    <Confirm
      opened
      title={notified === null ? 'Go on all the same?' : title}
      yes={notified === null ? 'Go on' : `Send ${plural(notified.messages, 'message')}`}
      danger
      disabled={!agrees || (stops.length > 0 && !understood)}
      onClose={onClose}
      onYes={onYes}
    >
      {notified !== null && (
        <>
          <p>
            {plural(notified.messages, 'message')} will go to {plural(notified.people, 'person', 'people')}:{' '}
            {formatNumber(notified.inside)} inside, {formatNumber(notified.outside)} outside. {pastWords(notified)} A
            message that was sent cannot be taken back.
          </p>
          <TextInput
            label="Type the number of messages to go on"
            placeholder={String(notified.messages)}
            value={typed}
            inputMode="numeric"
            data-autofocus
            error={!agrees && tooLong ? 'That is another number' : undefined}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />
        </>
      )}
      {stops.map((stop) => (
        <Note key={stop.code} tone="warn">
          {stop.message}
        </Note>
      ))}
      {stops.length > 0 && (
        <Checkbox
          label="I have read this and want to go on"
          checked={understood}
          onChange={(event) => {
            setUnderstood(event.currentTarget.checked);
          }}
        />
      )}
    </Confirm>
  );
}
