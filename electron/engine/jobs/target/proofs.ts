import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canaryProof, type CanaryProof } from '../../../../shared/model/scheduling.ts';
import { replaceDurably } from '../../../durably.ts';
import type { CollectionProperties } from '../../caldav/types.ts';
import { addressKey } from '../../scheduling/addresses.ts';
import { recognise } from '../../scheduling/recognise.ts';

/** How long a proof counts, in milliseconds: a server is updated, a setting changed. */
export const PROOF_LASTS = 7 * 24 * 3_600_000;

/** What a proof is about: it holds for this origin, this version of this product, and this owner's calendars only. */
interface ProofSubject {
  readonly origin: string;
  readonly product: string | null;
  readonly owner: string;
}

export function subjectOf(
  calendarUrl: string,
  { evidence, ownerAddresses }: Pick<CollectionProperties, 'evidence' | 'ownerAddresses'>,
): ProofSubject {
  const { headers } = evidence;
  return {
    origin: new URL(calendarUrl).origin,
    product: recognise(evidence)?.product ?? headers['server'] ?? headers['x-powered-by'] ?? null,
    owner: ownerAddresses.map(addressKey).sort()[0] ?? '',
  };
}

/** The proof that counts now; null where there is none, it is too old, or the server is no longer the same. */
export async function findProof(runsDir: string, subject: ProofSubject, now: Date): Promise<CanaryProof | null> {
  if (subject.owner === '') return null;
  const found = (await readProofs(runsDir)).find((proof) => isAbout(proof, subject));
  return found !== undefined && Date.parse(found.expiresAt) > now.getTime() ? found : null;
}

/** Durable when it resolves; takes the place of an earlier proof about the same. */
export async function keepProof(runsDir: string, proof: CanaryProof, now: Date): Promise<void> {
  const others = (await readProofs(runsDir)).filter(
    (one) => !isAbout(one, proof) && Date.parse(one.expiresAt) > now.getTime(),
  );
  await mkdir(runsDir, { recursive: true, mode: 0o700 });
  await replaceDurably(pathOf(runsDir), `${JSON.stringify([...others, proof], null, 1)}\n`);
}

/** A file that cannot be read proves nothing. */
async function readProofs(runsDir: string): Promise<readonly CanaryProof[]> {
  try {
    const parsed = canaryProof.array().safeParse(JSON.parse(await readFile(pathOf(runsDir), 'utf8')));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

function pathOf(runsDir: string): string {
  return join(runsDir, 'canary.json');
}

function isAbout(proof: CanaryProof, { origin, product, owner }: ProofSubject): boolean {
  return proof.origin === origin && proof.product === product && proof.owner === owner;
}
