import type { Failure } from '../../../shared/model/failure.ts';

/** What a server showed that is not believed, and how it is trusted all the same; nothing for other failures. */
export function certificateText({ certificate, code }: Failure): readonly string[] {
  if (certificate === undefined) return [];
  const { host, subject, issuer, names, from, to, sha256 } = certificate;
  const days = `${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  const instead = code === 'TLS_CHANGED' ? 'in place of the old one' : 'for this server alone';
  return [
    `  Subject   ${subject}`,
    `  Issuer    ${issuer}`,
    `  Names     ${names.slice(0, 20).join(', ')}`,
    `  Valid     ${days}`,
    `  SHA-256   ${sha256}`,
    `If its administrator confirms this SHA-256, it can be trusted ${instead}: --trust-fingerprint ${host}=${sha256}`,
  ];
}
