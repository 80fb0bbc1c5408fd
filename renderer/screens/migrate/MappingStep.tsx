import { Button } from '@mantine/core';
import { useEffect, useState, type JSX } from 'react';
import { Note, Notice } from '../../components/Notice.tsx';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { MappingGrid } from './MappingGrid.tsx';
import { LeftOut } from './LeftOut.tsx';
import { MappingStart } from './MappingStart.tsx';
import { MappingTools } from './MappingTools.tsx';
import { MigratePage } from './MigratePage.tsx';
import { ProjectLine } from './ProjectLine.tsx';
import { ProjectList } from './ProjectList.tsx';
import { SecretDialog, type SecretFor } from './SecretDialog.tsx';
import { SetupCard } from './SetupCard.tsx';
import { classes } from '../../components/classes.ts';
import { useDrop } from '../../components/useDrop.ts';
import partsStyles from '../../components/parts.module.css';
import frame from '../../components/frame/frame.module.css';
import styles from './mapping.module.css';

/** Who moves, from where and to where. */
export function MappingStep(): JSX.Element {
  const { view, busy, failure, begin, secretsSay, drop } = useMapping();
  const [secret, setSecret] = useState<SecretFor | null>(null);
  const over = useDrop(drop);
  useEffect(() => {
    if (view === null) void begin();
  }, [view, begin]);
  useEffect(() => void useMapping.getState().look(), []);
  /** What is there has a name. */
  const saved = view?.project ? view : null;
  const empty = view === null || view.rows.length === 0;
  return (
    <MigratePage foot={<Foot />}>
      {failure !== null && <Notice failure={failure} />}
      {view !== null && <SetupCard setup={view.setup} />}
      {empty ? (
        <>
          {saved === null ? <ProjectList /> : <ProjectLine view={saved} />}
          <MappingStart over={over} />
        </>
      ) : (
        <section
          className={classes(frame.fill, frame.review, over && frame.over, styles.mapping, partsStyles.card)}
          aria-label="Mapping"
          aria-busy={busy}
          data-testid="drop-zone"
        >
          <ProjectLine view={view} />
          <MappingTools view={view} />
          <LeftOut problems={view.leftOut} />
          {view.unknownColumns.length > 0 && (
            <Note tone="warn">
              Not understood and left out: {plural(view.unknownColumns.length, 'column')} (
              {view.unknownColumns.join(', ')}).
            </Note>
          )}
          {secretsSay !== null && (
            <Note tone="info" role="status">
              {secretsSay}
            </Note>
          )}
          <MappingGrid rows={view.rows} askSecret={setSecret} />
        </section>
      )}
      {secret !== null && (
        <SecretDialog
          about={secret}
          onClose={() => {
            setSecret(null);
          }}
        />
      )}
    </MigratePage>
  );
}

function Foot(): JSX.Element {
  const view = useMapping((state) => state.view);
  const checking = useMapping((state) => state.checking);
  const go = useNavigation((state) => state.goMigrate);
  const rows = view?.rows ?? [];
  const wrong = rows.filter(({ problems }) => problems.length > 0).length;
  const missing = rows.filter(({ secret, sourceSecret }) => secret === 'missing' || sourceSecret === 'missing').length;
  const good = rows.length - wrong;
  return (
    <>
      <span className={classes(frame.note, 'grow')}>
        {noteOf(rows.length, wrong, missing, view?.setup.target !== null)}
      </span>
      <Button
        variant="filled"
        disabled={good <= 0 || view?.setup.target === null}
        loading={checking !== null}
        onClick={() => {
          go('check');
          if (!useMapping.getState().complete) void useMapping.getState().check();
        }}
      >
        Check {plural(Math.max(0, good), 'row')}
      </Button>
    </>
  );
}

function noteOf(rows: number, wrong: number, missing: number, hasTarget: boolean): string {
  if (rows === 0) return 'Nothing is read or written yet';
  if (!hasTarget) return 'Choose the new server first';
  const parts = [
    wrong > 0 ? `${formatNumber(wrong)} ${wrong === 1 ? 'row has' : 'rows have'} a problem and will be left out` : '',
    missing > 0 ? `${formatNumber(missing)} without a password` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Nothing is written by a check' : parts.join(' · ');
}
