import { useRef, useState, type JSX } from 'react';
import { useDraft } from '../../../stores/job/draft.ts';
import { shortAddress } from '../../../words/format.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import chip from '../../../components/chip.module.css';
import fields from '../../../components/fields.module.css';
import styles from './decide.module.css';

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
    <div className={classes('row wrap', styles.aliases)}>
      {aliases.map((address) => (
        <span key={address} className={classes(chip.chip, chip.upd)}>
          {shortAddress(address)}
          <button
            type="button"
            className={styles.dropChip}
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
          className={parts.link}
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
            className={classes(fields.select, styles.aliasField)}
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
          <button type="submit" className={parts.link} disabled={typing.trim() === ''}>
            Add
          </button>
          {wrong && (
            <span id="alias-wrong" role="alert" className={classes('small', styles.wrongWords)}>
              This is no mail address. It looks like anna@example.com.
            </span>
          )}
        </form>
      )}
    </div>
  );
}
