import { Checkbox, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { BatchSummary } from '../../../shared/model/batch.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { Note } from '../../components/Notice.tsx';
import { toldOf } from '../../words/batch.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { pastWords } from '../../words/modes.ts';

/** Whether consent takes more than the press of a button: somebody is told, or a stop must be waved on. */
export function needsBatchDialog(summary: BatchSummary): boolean {
  return toldOf(summary).people > 0 || summary.stops.length > 0;
}

interface BatchConsentProps {
  readonly summary: BatchSummary;
  readonly onClose: () => void;
  /** With the number that was typed, for mode `all`; else null. */
  readonly onYes: (messages: number | null) => void;
}

/** The last question. Where people are told, their number is typed: it cannot be taken back. */
export function BatchConsent({ summary, onClose, onYes }: BatchConsentProps): JSX.Element {
  const told = toldOf(summary);
  const tells = told.people > 0;
  const [typed, setTyped] = useState('');
  const [understood, setUnderstood] = useState(false);
  const wanted = told.messages;
  const agrees = !tells || Number(typed.replaceAll(/[\s,.]/g, '')) === wanted;
  const { stops } = summary;
  return (
    <Confirm
      opened
      title={
        tells
          ? summary.kind === 'announce'
            ? 'Tell the guests outside, once'
            : 'People are told'
          : 'Go on all the same?'
      }
      yes={tells ? `Send ${plural(wanted, 'message')}` : 'Go on'}
      danger
      disabled={!agrees || (tells && typed.trim() === '') || (stops.length > 0 && !understood)}
      onClose={onClose}
      onYes={() => {
        onYes(summary.asked === 'all' ? wanted : null);
      }}
    >
      {tells && (
        <>
          <p>
            {plural(wanted, 'message')} will go to {plural(told.people, 'person', 'people')}:{' '}
            {formatNumber(told.inside)} inside, {formatNumber(told.outside)} outside. {pastWords(told)} A message that
            was sent cannot be taken back.
          </p>
          <TextInput
            label="Type the number of messages to go on"
            placeholder={String(wanted)}
            value={typed}
            inputMode="numeric"
            data-autofocus
            error={typed.length >= String(wanted).length && !agrees ? 'That is another number' : undefined}
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
