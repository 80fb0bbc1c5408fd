import { createHash } from 'node:crypto';

/** A SHA-256 to be fed piece by piece. */
export function newSha256(): { update(text: string): unknown; digest(): string } {
  const hash = createHash('sha256');
  return { update: (text) => hash.update(text), digest: () => hash.digest('hex') };
}

/** Hex SHA-256 of a text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
