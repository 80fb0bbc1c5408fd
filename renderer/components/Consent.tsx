import { Checkbox, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { SafetyStop } from '../../shared/model/plan.ts';
import type { ToldCount } from '../../shared/model/scheduling.ts';
import { formatNumber, plural } from '../words/format.ts';
import { pastWords } from '../words/modes.ts';
import { Confirm } from './Confirm.tsx';
import { Note } from './Notice.tsx';

interface ConsentProps {
  /** The title where people are told. */
  readonly title: string;
  /** Who hears of it, and how many messages go out; null where nobody does, and nothing is to be typed. */
  readonly told: ToldCount | null;
  /** What must be waved on. */
  readonly stops: readonly SafetyStop[];
  readonly onClose: () => void;
  readonly onYes: () => void;
}

/** The last question. Where people are told, the number of messages is typed: they cannot be taken back. */
export function Consent({ title, told, stops, onClose, onYes }: ConsentProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const [understood, setUnderstood] = useState(false);
  const agrees = told === null || (typed.trim() !== '' && Number(typed.replaceAll(/[\s,.]/g, '')) === told.messages);
  const tooLong = told !== null && typed.length >= String(told.messages).length;
  return (
    <Confirm
      opened
      title={told === null ? 'Go on all the same?' : title}
      yes={told === null ? 'Go on' : `Send ${plural(told.messages, 'message')}`}
      danger
      disabled={!agrees || (stops.length > 0 && !understood)}
      onClose={onClose}
      onYes={onYes}
    >
      {told !== null && (
        <>
          <p>
            {plural(told.messages, 'message')} will go to {plural(told.people, 'person', 'people')}:{' '}
            {formatNumber(told.inside)} inside, {formatNumber(told.outside)} outside. {pastWords(told)} A message that
            was sent cannot be taken back.
          </p>
          <TextInput
            label="Type the number of messages to go on"
            placeholder={String(told.messages)}
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
