import { useRef, useState, type JSX } from 'react';
import { useDraft } from '../../../stores/job/draft.ts';
import { shortAddress } from '../../../words/format.ts';

const MAIL = /^(?:mailto:)?[^\s@,;:<>"]+@[^\s@,;:<>"]+$/i;

/** More addresses of the calendar's owner, which the server does not list: the person says that they are. */
export function Aliases(): JSX.Element {
  const { aliases, change } = useDraft();
  const [typing, setTyping] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const add = (): void => {
    const text = (typing ?? '').trim();
    if (!MAIL.test(text)) {
      setWrong(true);
      field.current?.focus();
      return;
    }
    const address = /^mailto:/i.test(text) ? text : `mailto:${text}`;
    if (!aliases.includes(address)) change({ aliases: [...aliases, address] });
    setTyping(null);
  };
  return (
    <div className="row wrap aliases">
      {aliases.map((address) => (
        <span key={address} className="chip upd">
          {shortAddress(address)}
          <button
            type="button"
            className="drop-chip"
            aria-label={`Remove ${shortAddress(address)}`}
            onClick={() => {
              change({ aliases: aliases.filter((other) => other !== address) });
            }}
          >
            ×
          </button>
        </span>
      ))}
      {typing === null ? (
        <button
          type="button"
          className="link"
          onClick={() => {
            setTyping('');
          }}
        >
          Add an address…
        </button>
      ) : (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <input
            className="select alias-field"
            aria-label="Another address of the calendar’s owner"
            placeholder="anna@example.com"
            autoFocus
            ref={field}
            value={typing}
            aria-invalid={wrong}
            aria-describedby={wrong ? 'alias-wrong' : undefined}
            onChange={(event) => {
              setWrong(false);
              setTyping(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              setTyping(null);
              setWrong(false);
            }}
          />
          <button type="submit" className="link" disabled={typing.trim() === ''}>
            Add
          </button>
          {wrong && (
            <span id="alias-wrong" role="alert" className="small wrong-words">
              This is no mail address. It looks like anna@example.com.
            </span>
          )}
        </form>
      )}
    </div>
  );
}
