import { Button, Modal } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { CanaryProof } from '../../../../shared/model/scheduling.ts';
import { Notice, Note } from '../../../components/Notice.tsx';
import { useCanary } from '../../../stores/job/canary.ts';
import { useDraft } from '../../../stores/job/draft.ts';
import { formatMoment } from '../../../words/format.ts';
import { DialogButtons } from '../../../components/frame/DialogButtons.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import notice from '../../../components/notice.module.css';
import styles from './decide.module.css';

/** Asks before a test event is written, and shows what it proved. */
export function CanaryDialog(): JSX.Element {
  const { open, trying, proof, failure, fly, close } = useCanary();
  const { serverId, calendarUrl } = useDraft();
  return (
    <Modal opened={open} onClose={close} size="lg" title="Try it with a test event">
      <div className="stack" data-testid="canary">
        {proof === null ? <Before /> : <Proved proof={proof} />}
        {failure !== null && <Notice failure={failure} />}
        <DialogButtons>
          <Button onClick={close}>{proof === null ? 'Cancel' : 'Back to the decision'}</Button>
          {proof === null && (
            <Button
              variant="filled"
              loading={trying}
              onClick={() => {
                if (serverId !== null && calendarUrl !== null) void fly(serverId, calendarUrl);
              }}
            >
              Write the test events
            </Button>
          )}
        </DialogButtons>
      </div>
    </Modal>
  );
}

function Before(): JSX.Element {
  return (
    <>
      <p>Two test events are written into this calendar, looked at, and deleted again:</p>
      <ol className={parts.numbered}>
        <li>one without the “no messages” request: the server must note that it would notify the guest;</li>
        <li>one with it, and a change of that one: the server must note nothing.</li>
      </ol>
      <p className="dim">
        The only guest has an address that cannot exist (<code>…@hushcal.invalid</code>). The first event may cause one
        bounce in the mailbox of the calendar’s owner. A delete cannot be proved this way.
      </p>
    </>
  );
}

function Proved({ proof }: { readonly proof: CanaryProof }): JSX.Element {
  const good = proof.control && proof.create && proof.update;
  return (
    <>
      <Note tone={good ? 'hush' : 'warn'} role="status">
        <div className={notice.what}>{headline(proof)}</div>
        <div className={notice.said}>
          {good
            ? `This is remembered for this server and calendar owner until ${formatMoment(proof.expiresAt, new Date())}.`
            : 'Nothing is unlocked by it.'}
        </div>
      </Note>
      <ul className={styles.checks}>
        <Check ok={proof.control} text="Without the request, the server shows that it notifies the guest" />
        <Check ok={proof.create} text="With the request, a new event notifies nobody" />
        <Check ok={proof.update} text="With the request, a changed event notifies nobody" />
      </ul>
      {proof.seen.length > 0 && (
        <ul className={classes(notice.ways, 'small dim')}>
          {proof.seen.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function headline({ control, create, update }: CanaryProof): string {
  if (!control) return 'This server does not show whether it notifies anybody, so nothing was found out.';
  if (create && update) return 'The server keeps quiet when asked to: for new events and for changes.';
  return create ? 'The server keeps quiet for new events only.' : 'The server does not keep quiet when asked to.';
}

function Check({ ok, text }: { readonly ok: boolean; readonly text: string }): JSX.Element {
  return (
    <li className={ok ? styles.ok : styles.not}>
      {ok ? <IconCheck size={15} aria-label="yes" /> : <IconX size={15} aria-label="no" />} {text}
    </li>
  );
}
