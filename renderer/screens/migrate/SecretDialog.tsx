import { Button, PasswordInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { FormDialog } from '../../components/frame/FormDialog.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useMapping } from '../../stores/batch/mapping.ts';

export interface SecretFor {
  readonly side: 'target' | 'source';
  readonly user: string;
}

/** One user's password. It goes inward once and is forgotten here with the dialog. */
export function SecretDialog({
  about,
  onClose,
}: {
  readonly about: SecretFor;
  readonly onClose: () => void;
}): JSX.Element {
  const { setSecret, readSecrets, failure } = useMapping();
  const [password, setPassword] = useState('');
  const take = async (): Promise<void> => {
    if (await setSecret(about.side, about.user, password)) onClose();
    else setPassword('');
  };
  const where = about.side === 'target' ? 'the new server' : 'the old server';
  return (
    <FormDialog
      title={`Password of ${about.user}`}
      dirty={password !== ''}
      onClose={onClose}
      onSubmit={() => {
        void take();
      }}
      buttons={
        <>
          <Button
            variant="subtle"
            onClick={() => {
              onClose();
              void readSecrets(about.side);
            }}
          >
            Import passwords…
          </Button>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={password === ''}>
            {' '}
            Use this password
          </Button>
        </>
      }
    >
      <PasswordInput
        label={`Password on ${where}`}
        description="An app password will do. It is kept until you quit."
        autoComplete="off"
        data-autofocus
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
        }}
      />
      {failure !== null && <Notice failure={failure} />}
    </FormDialog>
  );
}
