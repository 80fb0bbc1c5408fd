import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { Notice } from '../../../components/Notice.tsx';
import { useFind } from '../../../stores/find.ts';
import { useDraft } from '../../../stores/job/draft.ts';
import { useMissing } from '../../../stores/job/missing.ts';
import { plural } from '../../../words/format.ts';
import { TargetPicker } from '../choose/TargetPicker.tsx';
import { BackupsCard } from '../find/BackupsCard.tsx';
import { JobPage } from '../JobPage.tsx';
import { MissingCard } from './MissingCard.tsx';
import frame from '../../../components/frame/frame.module.css';

/** What went missing: a part of Choose, for who knows neither the backup nor the events. */
export function MissingView(): JSX.Element {
  const { failure, compared, comparing } = useMissing();
  const finding = useFind((state) => state.failure);
  const shows = compared !== null || comparing;
  return (
    <JobPage foot={<Foot />} fixed={shows}>
      {failure !== null && <Notice failure={failure} />}
      {finding !== null && <Notice failure={finding} />}
      {!shows && (
        <>
          <BackupsCard>
            Each file, .zip or folder counts as one backup; a folder with one archive or file per day counts as many.
            Hushcal compares them with the calendar as it is now, and lists by day what was lost.
          </BackupsCard>
          <TargetPicker />
        </>
      )}
      {shows && <MissingCard />}
    </JobPage>
  );
}

function Foot(): JSX.Element {
  const { show, compare, stop, restore, chooseAgain, compared, comparing, ticked, taking } = useMissing();
  const list = useFind((state) => state.list);
  const adding = useFind((state) => state.adding);
  const calendarUrl = useDraft((state) => state.calendarUrl);
  const making = useDraft((state) => state.newCalendar?.url === state.calendarUrl);
  const waits =
    list === null
      ? 'Choose the backups of several days, and the calendar'
      : calendarUrl === null || making
        ? 'Choose the calendar to compare with'
        : null;
  const back = (): void => {
    if (compared === null) show(false);
    else chooseAgain();
  };
  return (
    <>
      <Button variant="subtle" disabled={comparing} onClick={back}>
        Back
      </Button>
      <span className="grow" />
      <span className={frame.note}>{noteWords(compared !== null, ticked.size, waits)}</span>
      {comparing ? (
        <Button onClick={() => void stop()}>Stop</Button>
      ) : compared === null ? (
        <Button variant="filled" disabled={waits !== null || adding} onClick={() => void compare()}>
          Compare with the calendar
        </Button>
      ) : (
        <Button variant="filled" disabled={ticked.size === 0} loading={taking} onClick={() => void restore()}>
          {ticked.size === 0 ? 'Restore' : `Restore ${plural(ticked.size, 'event')}…`}
        </Button>
      )}
    </>
  );
}

function noteWords(compared: boolean, ticked: number, waits: string | null): string {
  if (!compared) return waits ?? 'Backups and calendar are only read, never changed';
  return ticked === 0 ? 'Select what is to be restored' : 'Nothing is written yet: the plan comes next';
}
