import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { Notice } from '../../components/Notice.tsx';
import { useCleanup } from '../../stores/batch/cleanup.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { plural } from '../../words/format.ts';
import { CleanupPage } from './CleanupPage.tsx';
import { PlacesCard } from './PlacesCard.tsx';
import { RulesCard } from './RulesCard.tsx';
import { SearchProgress } from './SearchProgress.tsx';
import { classes } from '../../components/classes.ts';
import frame from '../../components/frame/frame.module.css';

/** Where to look, and for what. */
export function WhereStep(): JSX.Element {
  const failure = useCleanup((state) => state.failure);
  const searching = useCleanup((state) => state.searching);
  return (
    <CleanupPage foot={<Foot />}>
      {failure !== null && <Notice failure={failure} />}
      {searching && <SearchProgress />}
      <RulesCard />
      <PlacesCard />
    </CleanupPage>
  );
}

function Foot(): JSX.Element {
  const { chosen, rules, wrong, searching, paused, search, pause, stop } = useCleanup();
  const go = useNavigation((state) => state.goCleanup);
  if (searching) {
    return (
      <>
        <span className={classes(frame.note, 'grow')}>Only reading: nothing is deleted by a search</span>
        <Button onClick={() => void pause(!paused)}>{paused ? 'Resume' : 'Pause'}</Button>
        <Button onClick={() => void stop()}>Stop here</Button>
      </>
    );
  }
  const bad = wrong.some((sentence) => sentence !== null);
  const reason =
    chosen.size === 0
      ? 'Choose at least one calendar'
      : rules.length === 0
        ? 'Add a rule first: what makes an event unwanted?'
        : bad
          ? 'One of the rules cannot be understood'
          : null;
  return (
    <>
      <span className={classes(frame.note, 'grow')}>{reason ?? 'Only reading: nothing is deleted by a search'}</span>
      <Button
        variant="filled"
        disabled={reason !== null}
        onClick={() => {
          void search().then((found) => {
            if (found) go('clusters');
          });
        }}
      >
        Search {plural(chosen.size, 'calendar')}
      </Button>
    </>
  );
}
