import { Button, Checkbox } from '@mantine/core';
import { IconCalendarCheck } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { MissingResult } from '../../../../shared/model/found/missing.ts';
import { isAllSeen } from '../../../../shared/model/found/missing.ts';
import { EmptyState } from '../../../components/frame/EmptyState.tsx';
import { BackupsProgress } from '../../../components/BackupsProgress.tsx';
import { Note } from '../../../components/Notice.tsx';
import { shownOf, useMissing } from '../../../stores/job/missing.ts';
import { listWords } from '../../../words/find.ts';
import { isolate } from '../../../../shared/words/isolate.ts';
import { formatNumber, plural } from '../../../words/format.ts';
import { sumWords } from '../../../words/missing.ts';
import { FindProblems } from '../find/FindProblems.tsx';
import { MissingEvents } from './MissingEvents.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import frame from '../../../components/frame/frame.module.css';
import notice from '../../../components/notice.module.css';

/** Sentences about what could not be seen that are shown one by one. */
const NAMED = 3;

/** What was found, and what could not be seen. */
export function MissingCard(): JSX.Element {
  const { compared, comparing, all, showAll, chooseAgain } = useMissing();
  const result = compared?.result ?? null;
  const missingId = compared?.missingId ?? '';
  const shown = shownOf(result, all);
  const others = (result?.entries.length ?? 0) - shownOf(result, false).length;
  return (
    <>
      {result !== null && <FindProblems backups={result.backups} />}
      {result !== null && <NotSeen result={result} />}
      <section
        className={classes(frame.fill, frame.review, parts.card)}
        aria-label="What went missing"
        aria-busy={comparing}
        data-testid="missing"
      >
        {result === null ? (
          <MissingProgress />
        ) : (
          <>
            <div className={frame.tools}>
              <span className="grow">
                <span className={classes(parts.block, 'strong')} role="status">
                  {sumWords(result)}
                </span>
                <span className={classes(parts.block, 'small dim')}>
                  “{isolate(result.calendar.name)}”, {plural(result.calendar.entries, 'event')} now · compared with{' '}
                  {listWords(
                    result.backups.filter(({ problem }) => problem === null),
                    new Date(),
                  )}
                </span>
              </span>
              {others > 0 && (
                <Checkbox
                  size="xs"
                  label={`Also ${formatNumber(others)} changed or moved`}
                  checked={all}
                  onChange={(event) => {
                    showAll(event.currentTarget.checked);
                  }}
                />
              )}
              <Button size="xs" onClick={chooseAgain}>
                Compare others…
              </Button>
            </div>
            {shown.length === 0 ? (
              <Nothing result={result} />
            ) : (
              <MissingEvents key={missingId} result={result} shown={shown} />
            )}
          </>
        )}
      </section>
    </>
  );
}

function Nothing({ result }: { readonly result: MissingResult }): JSX.Element {
  const sure = isAllSeen(result);
  return (
    <EmptyState
      icon={<IconCalendarCheck size={32} stroke={1.5} aria-hidden />}
      title={sure ? 'Nothing is missing' : 'Nothing missing was found'}
    >
      {sure
        ? 'Everything that is in these backups is in the calendar. If something is still missed, add older backups, or choose another calendar.'
        : 'Not everything could be seen, as is said above: something may still be missing.'}
    </EmptyState>
  );
}

function NotSeen({ result: { unseen, notes } }: { readonly result: MissingResult }): JSX.Element | null {
  const said = [...unseen, ...notes];
  if (said.length === 0) return null;
  return (
    <Note tone={unseen.length > 0 ? 'warn' : 'info'}>
      {unseen.length > 0 && <div className={notice.what}>Not everything could be seen on the server.</div>}
      {said.slice(0, NAMED).map((words) => (
        <div key={words} className={notice.said}>
          {words}
        </div>
      ))}
      {said.length > NAMED && <div className={notice.said}>… and {formatNumber(said.length - NAMED)} more</div>}
    </Note>
  );
}

/** How far the comparison is: the calendar first, then backup by backup. */
function MissingProgress(): JSX.Element {
  const progress = useMissing((state) => state.progress);
  const { backup = 0, backups = 0, name = '', done = 0, of = 0 } = progress ?? {};
  const share = (backup + (of === 0 ? 0 : done / of)) / (backups + 1);
  return <BackupsProgress {...{ backup, backups, name, done, of, share }} before="Reading the calendar…" />;
}
