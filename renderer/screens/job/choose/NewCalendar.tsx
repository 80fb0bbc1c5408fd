import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { Chip } from '../../../components/Chip.tsx';
import { Confirm } from '../../../components/Confirm.tsx';
import { newCalendarIn, useDraft, type DraftCalendar } from '../../../stores/job/draft.ts';
import { useSource } from '../../../stores/job/source.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fields from '../../../components/fields.module.css';
import styles from './choose.module.css';

/** A calendar that does not exist yet, as a choice in the list, and the way to describe one. */
export function NewCalendar({ home }: { readonly home: string }): JSX.Element {
  const made = useDraft((state) => state.newCalendar);
  const checked = useDraft((state) => made !== null && state.calendarUrl === made.url);
  const { chooseCalendar } = useDraft.getState();
  const [asking, setAsking] = useState(false);
  const close = (): void => {
    setAsking(false);
  };
  return (
    <>
      {made !== null && (
        <label className={classes(fields.pick, checked && fields.on)}>
          <input
            type="radio"
            className={fields.radio}
            name="calendar"
            checked={checked}
            onChange={() => {
              chooseCalendar(made.url);
            }}
          />
          <span className={parts.swatch} style={made.color === null ? {} : { background: made.color }} aria-hidden />
          <span className="grow ellipsis">
            <span className="strong">{made.name}</span>
          </span>
          <Chip tone="new">will be made</Chip>
        </label>
      )}
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          setAsking(true);
        }}
      >
        {made === null ? 'New calendar…' : 'Change the new calendar…'}
      </Button>
      {asking && <NewCalendarDialog home={home} before={made} onClose={close} />}
    </>
  );
}

interface DialogProps {
  readonly home: string;
  readonly before: DraftCalendar | null;
  readonly onClose: () => void;
}

const FIRST_COLOR = '#2f5fd0';

function NewCalendarDialog({ home, before, onClose }: DialogProps): JSX.Element {
  const file = useSource((state) => state.source?.names[0] ?? '');
  const { describeCalendar } = useDraft.getState();
  const [first] = useState({ name: before?.name ?? nameOf(file), color: before?.color ?? null });
  const [name, setName] = useState(first.name);
  const [color, setColor] = useState(first.color);
  return (
    <Confirm
      opened
      title="New calendar"
      yes="Use this calendar"
      disabled={name.trim() === ''}
      dirty={name !== first.name || color !== first.color}
      onClose={onClose}
      onYes={() => {
        describeCalendar(newCalendarIn(home, before, name.trim(), color));
        onClose();
      }}
    >
      <p className="dim">
        It is made when the run starts, not before. Its description, time zone and order are taken from the backup where
        it has them.
      </p>
      <TextInput
        label="Name"
        value={name}
        maxLength={200}
        data-autofocus
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <div className="row">
        <label className="row">
          <span>Colour</span>
          <input
            type="color"
            className={styles.colorField}
            value={color ?? FIRST_COLOR}
            onChange={(event) => {
              setColor(event.currentTarget.value);
            }}
          />
        </label>
        <span className="small dim">{color ?? 'as the backup says'}</span>
        {color !== null && (
          <button
            type="button"
            className={parts.link}
            onClick={() => {
              setColor(null);
            }}
          >
            As the backup says
          </button>
        )}
      </div>
    </Confirm>
  );
}

function nameOf(file: string): string {
  return file.replace(/\.[^.]*$/, '').slice(0, 200);
}
