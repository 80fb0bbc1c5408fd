import { Checkbox, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { Confirm } from '../../../components/Confirm.tsx';
import { Note } from '../../../components/Notice.tsx';
import { messagesToType } from '../../../words/consent.ts';
import { formatNumber, plural } from '../../../words/format.ts';
import { pastWords, toldIn } from '../../../words/modes.ts';

/** Whether the plan asks for more than the press of a button: somebody is told, or a safety stop must be waved on. */
export function needsDialog(summary: PlanSummary): boolean {
  return messagesToType(summary) !== null || summary.stops.length > 0;
}

interface ConsentDialogProps {
  readonly summary: PlanSummary;
  readonly onClose: () => void;
  /** With the number that was typed, or null where none was asked for. */
  readonly onYes: (messages: number | null) => void;
}

export function ConsentDialog({ summary, onClose, onYes }: ConsentDialogProps): JSX.Element {
  const messages = messagesToType(summary);
  const told = toldIn(summary, summary.verdict.asked);
  const [typed, setTyped] = useState('');
  const [understood, setUnderstood] = useState(false);
  const number = Number(typed.replaceAll(/[\s,.]/g, ''));
  const agrees = messages === null || (typed.trim() !== '' && number === messages);
  const stops = summary.stops.filter((stop) => stop.override);
  return (
    <Confirm
      opened
      title={messages === null ? 'Go on all the same?' : 'Everybody is told'}
      yes={messages === null ? 'Go on' : `Send ${plural(messages, 'message')}`}
      danger
      disabled={!agrees || (stops.length > 0 && !understood)}
      onClose={onClose}
      onYes={() => {
        onYes(messages === null ? null : number);
      }}
    >
      {messages !== null && told !== null && (
        <>
          <p>
            {plural(messages, 'message')} will go to {plural(told.people, 'person', 'people')}:{' '}
            {formatNumber(told.inside)} inside, {formatNumber(told.outside)} outside. {pastWords(told)} A message that
            was sent cannot be taken back.
          </p>
          <TextInput
            label="Type the number of messages to go on"
            placeholder={String(messages)}
            value={typed}
            inputMode="numeric"
            data-autofocus
            error={
              typed !== '' && !agrees && typed.length >= String(messages).length ? 'That is another number' : undefined
            }
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
