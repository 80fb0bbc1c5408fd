import { Button, Modal } from '@mantine/core';
import { IconLoader2, IconMailOff } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { Rehearsal } from '../../../../shared/model/rehearsal.ts';
import { EmptyState } from '../../../components/frame/EmptyState.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { useRehearsal } from '../../../stores/job/rehearsal.ts';
import { formatNumber } from '../../../words/format.ts';
import { PHASE_WORDS } from '../../../words/phases.ts';
import { countWritten } from '../../../../shared/model/outcome.ts';
import { countTrouble } from '../../../words/report.ts';
import { Messages } from '../../practice/Messages.tsx';
import { classes } from '../../../components/classes.ts';
import { DialogButtons } from '../../../components/frame/DialogButtons.tsx';
import partsStyles from '../../../components/parts.module.css';
import styles from './review.module.css';

/** The plan on a copy of its calendar: what would have been written, and every message that would have gone out. */
export function RehearsalDialog(): JSX.Element {
  const { planId, result, failure, progress, close } = useRehearsal();
  const of = progress?.of ?? 0;
  const going = planId !== null && result === null && failure === null;
  return (
    <Modal opened={planId !== null} onClose={close} size="xl" title="Dry run on a copy">
      <div className="stack" data-testid="rehearsal">
        <p className="dim">
          The plan runs on a copy of the calendar, on this computer. The real calendar is only read, and nobody is
          notified.
        </p>
        {going && (
          <div className="row" role="status">
            <IconLoader2 size={17} className={partsStyles.spin} aria-hidden />
            <span>
              {progress === null ? 'Setting the stage' : PHASE_WORDS[progress.phase]}…{' '}
              {of > 0 && `${formatNumber(progress?.done ?? 0)} of ${formatNumber(of)}`}
            </span>
          </div>
        )}
        {failure !== null && <Notice failure={failure} />}
        {result !== null && <Result result={result} />}
        <DialogButtons>
          <Button variant="filled" onClick={close} data-autofocus>
            {going ? 'Close without waiting' : 'Back to the plan'}
          </Button>
        </DialogButtons>
      </div>
    </Modal>
  );
}

function Result({ result }: { readonly result: Rehearsal }): JSX.Element {
  const { messages, calendars, totals, verified, problems } = result;
  const trouble = countTrouble(totals);
  return (
    <>
      <dl className={styles.tiles}>
        <Tile number={countWritten(totals)} name="would be written" more={`${formatNumber(verified)} verified`} />
        <Tile
          number={messages.length}
          name={messages.length === 1 ? 'message would go out' : 'messages would go out'}
          more={messages.length === 0 ? 'nobody would be notified' : wayWords(result)}
          loud={messages.length > 0}
        />
        <Tile
          number={calendars.length}
          name={calendars.length === 1 ? 'calendar of others' : 'calendars of others'}
          more={
            calendars.length === 0
              ? 'none would change'
              : calendars
                  .map(({ user }) => user)
                  .slice(0, 3)
                  .join(', ')
          }
        />
        {trouble > 0 && <Tile number={trouble} name="would need attention" more="as in the plan" loud />}
      </dl>
      {problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
      <section className={classes(styles.rehearsed, partsStyles.card)} aria-label="Messages that would have been sent">
        {messages.length === 0 ? (
          <EmptyState icon={<IconMailOff size={26} stroke={1.5} aria-hidden />} title="Not a single message">
            A server that keeps the chosen mode sends nothing for this plan.
          </EmptyState>
        ) : (
          <Messages messages={messages} />
        )}
      </section>
    </>
  );
}

function wayWords({ messages }: Rehearsal): string {
  const external = messages.filter(({ kind }) => kind === 'imip').length;
  const internal = messages.length - external;
  const parts = [
    external > 0 ? `${formatNumber(external)} external` : '',
    internal > 0 ? `${formatNumber(internal)} internal` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

interface TileProps {
  readonly number: number;
  readonly name: string;
  readonly more: string;
  readonly loud?: boolean;
}

function Tile({ number, name, more, loud = false }: TileProps): JSX.Element {
  return (
    <div className={classes(styles.tile, loud && styles.loud)}>
      <dt>{name}</dt>
      <dd className={styles.count}>{formatNumber(number)}</dd>
      <dd className="small dim ellipsis">{more}</dd>
    </div>
  );
}
