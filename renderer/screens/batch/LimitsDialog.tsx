import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { FormDialog } from '../../components/frame/FormDialog.tsx';
import { batchLimits, type BatchLimits } from '../../../shared/model/batch/batch.ts';
import { limitWords } from '../../words/batch.ts';
import fields from '../../components/fields.module.css';

interface LimitsDialogProps {
  readonly limits: BatchLimits;
  readonly onClose: () => void;
  readonly onSave: (limits: BatchLimits) => void;
}

/** How fast a batch may go on, when, and when it gives up. */
export function LimitsDialog({ limits, onClose, onSave }: LimitsDialogProps): JSX.Element {
  const [members, setMembers] = useState(String(limits.members));
  const [perOrigin, setPerOrigin] = useState(String(limits.perOrigin));
  const [stopAfter, setStopAfter] = useState(limits.stopAfter === null ? '' : String(limits.stopAfter));
  const [night, setNight] = useState(limits.hours !== null);
  const [from, setFrom] = useState(String(limits.hours?.from ?? 22));
  const [to, setTo] = useState(String(limits.hours?.to ?? 6));
  const asked = batchLimits.safeParse({
    members: Number(members),
    perOrigin: Number(perOrigin),
    stopAfter: stopAfter.trim() === '' ? null : Number(stopAfter),
    hours: night ? { from: Number(from), to: Number(to) } : null,
  });
  const wrong = asked.success ? [] : asked.error.issues.map(({ path }) => String(path[0]));
  return (
    <FormDialog
      title="Limits"
      dirty={!asked.success || JSON.stringify(asked.data) !== JSON.stringify(limits)}
      onClose={onClose}
      onSubmit={() => {
        if (asked.success) onSave(asked.data);
      }}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={!asked.success}>
            Save
          </Button>
        </>
      }
    >
      <div className={fields.two}>
        <TextInput
          label="Calendars at once"
          description="1 to 32"
          inputMode="numeric"
          value={members}
          error={wrong.includes('members')}
          onChange={(event) => {
            setMembers(event.currentTarget.value);
          }}
        />
        <TextInput
          label="Connections per server"
          description="1 to 64, for all its calendars together"
          inputMode="numeric"
          value={perOrigin}
          error={wrong.includes('perOrigin')}
          onChange={(event) => {
            setPerOrigin(event.currentTarget.value);
          }}
        />
      </div>
      <TextInput
        label="Stop after this many errors"
        description="Empty: it never stops by itself. What it wrote stays, and it can be resumed."
        inputMode="numeric"
        value={stopAfter}
        error={wrong.includes('stopAfter')}
        onChange={(event) => {
          setStopAfter(event.currentTarget.value);
        }}
      />
      <Checkbox
        label="Only at certain hours"
        description="At other times it waits and continues by itself, as long as Hushcal is open."
        checked={night}
        onChange={(event) => {
          setNight(event.currentTarget.checked);
        }}
      />
      {night && (
        <div className={fields.two}>
          <TextInput
            label="From hour"
            inputMode="numeric"
            value={from}
            error={wrong.includes('hours')}
            onChange={(event) => {
              setFrom(event.currentTarget.value);
            }}
          />
          <TextInput
            label="To hour"
            inputMode="numeric"
            value={to}
            error={wrong.includes('hours')}
            onChange={(event) => {
              setTo(event.currentTarget.value);
            }}
          />
        </div>
      )}
      <p className="small dim" role="status">
        {asked.success ? limitWords(asked.data) : 'One of the numbers is out of range.'}
      </p>
    </FormDialog>
  );
}
