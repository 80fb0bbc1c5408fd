import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { Notice } from '../../../components/Notice.tsx';
import { useFind } from '../../../stores/find.ts';
import { JobPage } from '../JobPage.tsx';
import { BackupsCard } from './BackupsCard.tsx';
import { FoundCard } from './FoundCard.tsx';
import { SearchBar } from './SearchBar.tsx';
import frame from '../../../components/frame/frame.module.css';

/** Looking for an event in several backups: a part of Choose, for who does not know which backup has it. */
export function FindView(): JSX.Element {
  const list = useFind((state) => state.list);
  const failure = useFind((state) => state.failure);
  return (
    <JobPage foot={<Foot />} fixed={list !== null}>
      {failure !== null && <Notice failure={failure} />}
      <BackupsCard>
        Each file, .zip or folder counts as one backup; a folder with one archive or file per day counts as many.
        Hushcal shows every version of the event that you look for, newest first, and brings one back.
      </BackupsCard>
      {list !== null && <SearchBar />}
      {list !== null && <FoundCard />}
    </JobPage>
  );
}

function Foot(): JSX.Element {
  const show = useFind((state) => state.show);
  const found = useFind((state) => (state.result?.events.length ?? 0) > 0);
  return (
    <>
      <Button
        variant="subtle"
        onClick={() => {
          show(false);
        }}
      >
        Back
      </Button>
      <span className="grow" />
      <span className={frame.note}>
        {found ? 'Choose the version to restore' : 'Backups are only read, never changed'}
      </span>
    </>
  );
}
