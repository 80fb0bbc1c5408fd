import { Button } from '@mantine/core';
import type { JSX } from 'react';
import type { Failure } from '../../../shared/model/failure.ts';
import { formatDay } from '../../words/format.ts';
import { classes } from '../classes.ts';
import parts from '../parts.module.css';

interface ShownCertificateProps {
  readonly failure: Failure;
  readonly busy: boolean;
  /** Called with the fingerprint that a person trusts. */
  readonly trust: (host: string, sha256: string) => void;
}

/** What a server showed that is not believed, and the button that trusts just that; nothing for other failures. */
export function ShownCertificate({ failure, busy, trust }: ShownCertificateProps): JSX.Element | null {
  const { certificate, code } = failure;
  if (certificate === undefined) return null;
  const { host, subject, issuer, names, from, to, sha256 } = certificate;
  return (
    <section className="stack" aria-label="The certificate that was shown" data-testid="shown-certificate">
      <dl className={classes(parts.facts, parts.wide)}>
        <dt>Shown for</dt>
        <dd>{subject}</dd>
        <dt>Issued by</dt>
        <dd>{issuer}</dd>
        <dt>Names</dt>
        <dd>{names.length === 0 ? 'none' : names.join(', ')}</dd>
        <dt>Valid</dt>
        <dd>
          {formatDay(from)} to {formatDay(to)}
        </dd>
        <dt>SHA-256</dt>
        <dd className={parts.breaks}>
          <code>{sha256}</code>
        </dd>
      </dl>
      <p className="small dim">
        Ask the administrator of {host} for this SHA-256. Only if it is the same, trust it: then it is the one
        certificate that counts there, and any other stops.
      </p>
      <div className="row">
        <Button
          size="xs"
          loading={busy}
          onClick={() => {
            trust(host, sha256);
          }}
        >
          {code === 'TLS_CHANGED' ? 'Trust the new certificate' : 'Trust this certificate'}
        </Button>
      </div>
    </section>
  );
}
