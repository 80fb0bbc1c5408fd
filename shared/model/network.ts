import { z } from 'zod';

/** A certificate as a person looks at it. */
export const certificateInfo = z.strictObject({
  /** Who showed it. */
  host: z.string(),
  subject: z.string(),
  issuer: z.string(),
  /** Host names and addresses that it is for. */
  names: z.array(z.string()).readonly(),
  /** ISO 8601; as the certificate spells it where that is no date. */
  from: z.string(),
  to: z.string(),
  /** `AB:CD:…`, of the whole certificate. */
  sha256: z.string(),
});
export type CertificateInfo = z.infer<typeof certificateInfo>;

const FINGERPRINT = /^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/;
export const fingerprint = z.string().regex(FINGERPRINT);

/**
 * How a server is reached: who vouches for it, through which proxy, and with which certificate of one's own. Holds no
 * secret. Absent parts: the authorities of this computer, the proxy of the system, no certificate.
 */
export const networkSpec = z.strictObject({
  /** PEM files of authorities that count besides those of this computer. */
  authorities: z.array(z.string()).readonly().optional(),
  /** Certificates of which one must be shown, whoever vouches for another. `host` null: by every server. */
  fingerprints: z
    .array(z.strictObject({ host: z.string().nullable(), sha256: fingerprint }))
    .readonly()
    .optional(),
  /** `none`, or the proxy's URL, with the user name and without the password. */
  proxy: z.string().optional(),
  /** A PEM or PKCS #12 file; of a PEM file the key may stand in `key`. */
  certificate: z.string().optional(),
  key: z.string().optional(),
});
export type NetworkSpec = z.infer<typeof networkSpec>;

/** A fingerprint as persons and programs write it, in the spelling that is kept; null where it is none. */
export function toFingerprint(text: string): string | null {
  const digits = text
    .trim()
    .replace(/^sha-?256(?:[:=]| fingerprint=)/i, '')
    .replace(/[\s:]/g, '')
    .toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) return null;
  return digits.replace(/..(?=.)/g, '$&:');
}
