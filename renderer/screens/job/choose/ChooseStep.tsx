import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { Notice } from '../../../components/Notice.tsx';
import { useFind } from '../../../stores/find.ts';
import { useDraft } from '../../../stores/job/draft.ts';
import { useFlow } from '../../../stores/job/flow.ts';
import { useMissing } from '../../../stores/job/missing.ts';
import { useSource } from '../../../stores/job/source.ts';
import { FindView } from '../find/FindView.tsx';
import { MissingView } from '../missing/MissingView.tsx';
import { JobPage } from '../JobPage.tsx';
import { DropZone } from './DropZone.tsx';
import { PickCard } from './PickCard.tsx';
import { SourceSummary } from './SourceSummary.tsx';
import { TargetPicker } from './TargetPicker.tsx';
import { WhatWentMissing } from './WhatWentMissing.tsx';

export function ChooseStep(): JSX.Element {
  const finding = useFind((state) => state.open);
  const comparing = useMissing((state) => state.open);
  if (finding) return <FindView />;
  return comparing ? <MissingView /> : <Choose />;
}

function Choose(): JSX.Element {
  const { source, pick, failure } = useSource();
  return (
    <JobPage foot={<Foot />}>
      {failure !== null && <Notice failure={failure} />}
      {source === null && <WhatWentMissing />}
      <DropZone compact={source !== null} />
      {pick !== null && <PickCard pick={pick} />}
      {source !== null && pick === null && <SourceSummary inspection={source.inspection} />}
      <TargetPicker />
    </JobPage>
  );
}

function Foot(): JSX.Element {
  const source = useSource((state) => state.source);
  const calendarUrl = useDraft((state) => state.calendarUrl);
  const go = useFlow((state) => state.go);
  const empty = source !== null && source.inspection.resources === 0;
  const missing = missingWords(source !== null, empty, calendarUrl !== null);
  return (
    <>
      <span className="grow" />
      <span className="note">{missing ?? 'Nothing has been written yet'}</span>
      <Button
        variant="filled"
        disabled={missing !== null}
        onClick={() => {
          go('decide');
        }}
      >
        Next: notifications
      </Button>
    </>
  );
}

function missingWords(source: boolean, empty: boolean, calendar: boolean): string | null {
  if (!source) return calendar ? 'Choose a backup to continue' : 'Choose a backup and a calendar to continue';
  if (empty) return 'There is no event in this backup that could be restored';
  return calendar ? null : 'Choose the calendar to restore into';
}
