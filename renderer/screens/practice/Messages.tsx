import type { JSX } from 'react';
import type { CapturedMessage } from '../../../shared/model/rehearsal.ts';
import { formatTime, shortAddress } from '../../words/format.ts';

const SHOWN = 500;

const METHOD_WORDS: Readonly<Record<string, string>> = {
  REQUEST: 'Invitation',
  CANCEL: 'Cancellation',
  REPLY: 'Answer',
  ADD: 'Addition',
};

/** Captured messages, newest first. */
export function Messages({ messages }: { readonly messages: readonly CapturedMessage[] }): JSX.Element {
  const newest = [...messages].reverse().slice(0, SHOWN);
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Messages">
      <table className="table" data-testid="messages">
        <thead>
          <tr>
            <th style={{ width: '64px' }}>At</th>
            <th style={{ width: '112px' }}>What</th>
            <th style={{ width: '22%' }}>From</th>
            <th style={{ width: '22%' }}>To</th>
            <th>About</th>
            <th style={{ width: '116px' }}>Way</th>
          </tr>
        </thead>
        <tbody>
          {newest.map((message, index) => (
            <tr key={messages.length - index}>
              <td className="clip">{formatTime(message.at)}</td>
              <td className="clip">
                {METHOD_WORDS[message.method] ?? message.method}
                {METHOD_WORDS[message.method] !== undefined && (
                  <span className="visually-hidden"> ({message.method})</span>
                )}
              </td>
              <td className="clip">{shortAddress(message.from)}</td>
              <td className="clip">{shortAddress(message.to)}</td>
              <td className="clip">{message.summary}</td>
              <td className="clip">
                <span className={message.kind === 'imip' ? 'chip warn' : 'chip upd'}>
                  {message.kind === 'imip' ? 'external mail' : 'inbox here'}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {messages.length > SHOWN && <p className="nothing faint small">The newest {SHOWN} are shown.</p>}
    </div>
  );
}
