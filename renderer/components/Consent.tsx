import { Checkbox, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { SafetyStop } from '../../shared/model/plan.ts';
import { plural } from '../words/format.ts';
import { Confirm } from './Confirm.tsx';
import { Note } from './Notice.tsx';

interface ConsentProps {
  /** The title where people are told. */
  readonly title: string;
  /** Messages that go out; of none nothing is to be typed. */
  readonly messages: number;
  /** Who gets them, in sentences. */
  readonly says: string;
  /** What must be waved on. */
  readonly stops: readonly SafetyStop[];
  readonly onClose: () => void;
  readonly onYes: () => void;
}

/** The last question. Where people are told, the number of messages is typed: they cannot be taken back. */
export function Consent({ title, messages, says, stops, onClose, onYes }: ConsentProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const [understood, setUnderstood] = useState(false);
  const loud = messages > 0;
  const agrees = !loud || (typed.trim() !== '' && Number(typed.replaceAll(/[\s,.]/g, '')) === messages);
  const tooLong = typed.length >= String(messages).length;
  return (
    <Confirm
      opened
      title={loud ? title : 'Go on all the same?'}
      yes={loud ? `Send ${plural(messages, 'message')}` : 'Go on'}
      danger
      disabled={!agrees || (stops.length > 0 && !understood)}
      onClose={onClose}
      onYes={onYes}
    >
      {loud && (
        <>
          <p>
            {plural(messages, 'message')} will go out. {says} A message that was sent cannot be taken back.
          </p>
          <TextInput
            label="Type the number of messages to go on"
            placeholder={String(messages)}
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
