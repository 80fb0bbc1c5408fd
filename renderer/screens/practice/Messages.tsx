import type { JSX } from 'react';
import type { CapturedMessage } from '../../../shared/model/rehearsal.ts';
import { formatNumber, formatTime, shortAddress } from '../../words/format.ts';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import chip from '../../components/chip.module.css';
import run from '../job/run/run.module.css';

const SHOWN = 500;

const METHOD_WORDS: Readonly<Record<string, string>> = {
  REQUEST: 'Invitation',
  CANCEL: 'Cancellation',
  REPLY: 'Reply',
  ADD: 'Addition',
};

interface MessagesProps {
  readonly messages: readonly CapturedMessage[];
  /** How many there are, where not all were handed over. */
  readonly caught?: number;
}

/** Captured messages, newest first. */
export function Messages({ messages, caught = messages.length }: MessagesProps): JSX.Element {
  const newest = [...messages].reverse().slice(0, SHOWN);
  return (
    <div className={parts.scroll} tabIndex={0} role="region" aria-label="Messages">
      <table className={parts.table} data-testid="messages">
        <thead>
          <tr>
            <th style={{ width: '64px' }}>Time</th>
            <th style={{ width: '112px' }}>Type</th>
            <th style={{ width: '22%' }}>From</th>
            <th style={{ width: '22%' }}>To</th>
            <th>Subject</th>
            <th style={{ width: '116px' }}>Delivery</th>
          </tr>
        </thead>
        <tbody>
          {newest.map((message, index) => (
            <tr key={messages.length - index}>
              <td className={parts.clip}>{formatTime(message.at)}</td>
              <td className={parts.clip}>
                {METHOD_WORDS[message.method] ?? message.method}
                {METHOD_WORDS[message.method] !== undefined && (
                  <span className="visually-hidden"> ({message.method})</span>
                )}
              </td>
              <td className={parts.clip}>{shortAddress(message.from)}</td>
              <td className={parts.clip}>{shortAddress(message.to)}</td>
              <td className={parts.clip} dir="auto">
                {message.summary}
              </td>
              <td className={parts.clip}>
                <span
                  className={message.kind === 'imip' ? classes(chip.chip, chip.warn) : classes(chip.chip, chip.upd)}
                >
                  {message.kind === 'imip' ? 'external mail' : 'local inbox'}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {caught > newest.length && (
        <p className={classes(run.nothing, 'faint small')}>The newest {formatNumber(newest.length)} are shown.</p>
      )}
    </div>
  );
}
