import { useState, type JSX } from 'react';
import type { Failure } from '../../../shared/model/failure.ts';
import { useServers } from '../../stores/servers.ts';
import { Note, Notice, type NoticeAction } from '../Notice.tsx';
import { ServerDialog } from './ServerDialog.tsx';
import notice from '../notice.module.css';

interface JobNoticeProps {
  readonly failure: Failure;
  /** What is tried again. */
  readonly action: NoticeAction;
}

/** Why a job cannot go on. Where a password is all that is missing, it is asked for here, and the job is tried again with it. */
export function JobNotice({ failure, action }: JobNoticeProps): JSX.Element {
  const [asking, setAsking] = useState(false);
  const server = useServers((state) => state.list?.find(({ id }) => id === failure.server));
  if (server === undefined) return <Notice failure={failure} action={action} />;
  const ask = (): void => {
    setAsking(true);
  };
  const close = (): void => {
    setAsking(false);
  };
  return (
    <>
      <Note tone="warn" role="alert" action={{ label: 'Enter password…', run: ask }}>
        <div className={notice.what}>The password of {server.name} is not known in this session.</div>
      </Note>
      {asking && (
        <ServerDialog
          server={server}
          onClose={close}
          onDone={() => {
            close();
            action.run();
          }}
        />
      )}
    </>
  );
}
