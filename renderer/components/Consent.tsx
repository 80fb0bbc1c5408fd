import { Checkbox, TextInput } from '@mantine/core';
import { Fragment, useState, type JSX } from 'react';
import type { SafetyStop } from '../../shared/model/plan.ts';
import type { WriteTarget } from '../stores/write-target.ts';
import { formatNumber, plural } from '../words/format.ts';
import { Confirm } from './Confirm.tsx';
import { Note } from './Notice.tsx';
import parts from './parts.module.css';

interface ConsentProps {
  /** The title where people are notified. */
  readonly title: string;
  /** Messages that go out; of none nothing is to be typed. */
  readonly messages: number;
  /** Who gets them, in sentences. */
  readonly says: string;
  /** Where it is written; null where that is not known here. */
  readonly target: WriteTarget | null;
  /** What must be waved on. */
  readonly stops: readonly SafetyStop[];
  readonly onClose: () => void;
  readonly onYes: () => void;
}

/** The last question. Where people are notified, the number of messages is typed: they cannot be undone. */
export function Consent({ title, messages, says, target, stops, onClose, onYes }: ConsentProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const [understood, setUnderstood] = useState(false);
  const loud = messages > 0;
  const agrees = !loud || (typed.trim() !== '' && Number(typed.replaceAll(/[\s,.]/g, '')) === messages);
  const tooLong = typed.length >= String(messages).length;
  return (
    <Confirm
      opened
      title={loud ? title : 'Continue anyway?'}
      yes={loud ? `Send ${plural(messages, 'message')}` : 'Continue'}
      danger
      disabled={!agrees || (stops.length > 0 && !understood)}
      onClose={onClose}
      onYes={onYes}
    >
      {target !== null && <Where target={target} />}
      {loud && (
        <>
          <p>
            {plural(messages, 'message')} will be sent. {says} A message that was sent cannot be undone.
          </p>
          <TextInput
            label={`Type ${formatNumber(messages)} to confirm`}
            value={typed}
            inputMode="numeric"
            data-autofocus
            error={!agrees && tooLong ? `That doesn't match: type ${formatNumber(messages)}` : undefined}
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
          label="I've checked this"
          checked={understood}
          onChange={(event) => {
            setUnderstood(event.currentTarget.checked);
          }}
        />
      )}
    </Confirm>
  );
}

/** The last look at whose calendar it is. */
function Where({ target: { host, user, calendar } }: { readonly target: WriteTarget }): JSX.Element {
  const facts = [
    ['Server', host],
    ['User', user],
    ['Calendar', calendar],
  ] as const;
  return (
    <dl className={parts.facts} data-testid="consent-target">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  );
}
