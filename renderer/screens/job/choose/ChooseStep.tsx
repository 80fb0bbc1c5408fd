import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { Notice } from '../../../components/Notice.tsx';
import { useWantsAll } from '../../../stores/batch/several.ts';
import { useFind } from '../../../stores/find.ts';
import { useDraft } from '../../../stores/job/draft.ts';
import { useFlow } from '../../../stores/job/flow.ts';
import { useMissing } from '../../../stores/job/missing.ts';
import { useSource } from '../../../stores/job/source.ts';
import { FindView } from '../find/FindView.tsx';
import { MissingView } from '../missing/MissingView.tsx';
import { JobPage } from '../JobPage.tsx';
import { SeveralCard } from '../several/SeveralCard.tsx';
import { SeveralFoot } from '../several/SeveralFoot.tsx';
import { SeveralSetup } from '../several/SeveralSetup.tsx';
import { DropZone } from './DropZone.tsx';
import { PickCard } from './PickCard.tsx';
import { SourceSummary } from './SourceSummary.tsx';
import { TargetPicker } from './TargetPicker.tsx';
import { WhatWentMissing } from './WhatWentMissing.tsx';
import frame from '../../../components/frame/frame.module.css';

export function ChooseStep(): JSX.Element {
  const finding = useFind((state) => state.open);
  const comparing = useMissing((state) => state.open);
  if (finding) return <FindView />;
  return comparing ? <MissingView /> : <Choose />;
}

function Choose(): JSX.Element {
  const { source, pick, failure, reading } = useSource();
  const all = useWantsAll();
  const empty = source !== null && source.inspection.resources === 0;
  // What stood in the one before is no answer while another is read.
  const read = reading ? null : source;
  return (
    <JobPage foot={all ? <SeveralFoot empty={empty} reading={reading} /> : <Foot />}>
      {failure !== null && <Notice failure={failure} />}
      {source === null && <WhatWentMissing />}
      <DropZone compact={source !== null} />
      {read !== null && pick !== null && <PickCard pick={pick} />}
      {read !== null && pick === null && <SourceSummary inspection={read.inspection} />}
      {read !== null && pick === null && read.calendars > 1 && <SeveralCard source={read} />}
      <TargetPicker allOf={all ? (source?.sourceId ?? null) : null} />
      {all && <SeveralSetup />}
    </JobPage>
  );
}

function Foot(): JSX.Element {
  const { source, reading } = useSource();
  const calendarUrl = useDraft((state) => state.calendarUrl);
  const go = useFlow((state) => state.go);
  const empty = source !== null && source.inspection.resources === 0;
  const missing = reading ? 'The backup is being read' : missingWords(source !== null, empty, calendarUrl !== null);
  return (
    <>
      <span className="grow" />
      <span className={frame.note}>{missing ?? 'Nothing has been written yet'}</span>
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
