import type { JSX, ReactNode } from 'react';
import type { EventCard as Card, EventPerson } from '../../../shared/model/found/event-card.ts';
import { alarmWords } from '../../../shared/words/alarm.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { recurrenceWords } from '../../../shared/words/recurrence.ts';
import { whenWords } from '../../../shared/words/when.ts';
import { answerWords, instanceWords, personWords, rareFacts, roleWords } from '../../words/event/event.ts';
import { Foreign } from './Foreign.tsx';
import { classes } from '../classes.ts';
import parts from '../parts.module.css';
import styles from './event.module.css';

/** One event as a person reads it: when, where, who, what. Links are text: nothing is opened, nothing is fetched. */
export function EventCard({ card }: { readonly card: Card | null }): JSX.Element {
  if (card === null) return <p className="dim">There is no event in this text that could be read. It is under Raw.</p>;
  return (
    <dl className={classes(parts.facts, styles.card)} data-testid="event-card">
      <Fact label="Title">
        {card.title === '' ? <span className={styles.then}>Without a title</span> : <Foreign>{card.title}</Foreign>}
      </Fact>
      <When card={card} />
      {card.recurrence !== null && <Fact label="Repeats">{capital(recurrenceWords(card.recurrence))}</Fact>}
      <Instances card={card} />
      {card.location !== '' && (
        <Fact label="Where">
          <Foreign>{card.location}</Foreign>
        </Fact>
      )}
      <People card={card} />
      {card.text !== '' && (
        <Fact label="Text">
          <div className={styles.text} dir="auto">
            {card.text}
          </div>
        </Fact>
      )}
      <List label="Links" lines={card.links} />
      <List
        label="Attachments"
        lines={card.attachments.map(({ name, what }) => (name === '' ? what : `${name} – ${what}`))}
      />
      <List label="Alarms" lines={card.alarms.map(alarmWords)} />
      {rareFacts(card).map(([label, words]) => (
        <Fact key={label} label={label}>
          <Foreign>{words}</Foreign>
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): JSX.Element {
  return (
    <div className={parts.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function When({ card }: { readonly card: Card }): JSX.Element {
  const { here, there } = whenWords(card.start, card.end);
  return (
    <Fact label={card.kind === 'VTODO' ? 'Due' : 'When'}>
      <Foreign>{here}</Foreign>
      {there !== null && (
        <p className={classes(styles.then, 'small')}>
          In its own time zone: <Foreign>{there}</Foreign>
        </p>
      )}
    </Fact>
  );
}

function Instances({ card }: { readonly card: Card }): JSX.Element | null {
  if (card.instances.length === 0) return null;
  return (
    <Fact label="Changed dates">
      <ul className={styles.lines}>
        {card.instances.map((one, at) => (
          <li key={at}>
            {instanceWords(one)}
            {one.title !== '' && one.title !== card.title && (
              <>
                {', '}
                <Foreign>{one.title}</Foreign>
              </>
            )}
            {one.location !== '' && one.location !== card.location && (
              <>
                {', '}
                <Foreign>{one.location}</Foreign>
              </>
            )}
          </li>
        ))}
        <More many={card.moreInstances} />
      </ul>
    </Fact>
  );
}

function People({ card: { organizer, guests, moreGuests } }: { readonly card: Card }): JSX.Element {
  return (
    <>
      {organizer !== null && (
        <Fact label="Organizer">
          <Foreign>{personWords(organizer)}</Foreign>
        </Fact>
      )}
      {guests.length > 0 && (
        <Fact label={`Guests (${formatNumber(guests.length + moreGuests)})`}>
          <ul className={styles.lines}>
            {guests.map((guest, at) => (
              <li key={at}>
                <Foreign>{personWords(guest)}</Foreign> <span className={styles.then}>{saidBy(guest)}</span>
              </li>
            ))}
            <More many={moreGuests} />
          </ul>
        </Fact>
      )}
    </>
  );
}

function saidBy(guest: EventPerson): string {
  return [answerWords(guest), roleWords(guest)].filter((one) => one !== '').join(', ');
}

function List({ label, lines }: { readonly label: string; readonly lines: readonly string[] }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <Fact label={label}>
      <ul className={styles.lines}>
        {lines.map((line, at) => (
          <li key={at}>
            <Foreign>{line}</Foreign>
          </li>
        ))}
      </ul>
    </Fact>
  );
}

function More({ many }: { readonly many: number }): JSX.Element | null {
  return many === 0 ? null : <li className={styles.then}>and {formatNumber(many)} more</li>;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
