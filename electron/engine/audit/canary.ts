import type { CanaryProof } from '../../../shared/model/scheduling.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import { newRunId } from '../run/kept/folder.ts';
import { noteAudit, type AuditPorts } from './write.ts';

/** Notes that a person agreed to a test event; gives what notes its end. Throws HushError `AUDIT_NOT_WRITTEN`. */
export async function auditOfCanary(
  ports: AuditPorts,
  calendarUrl: string,
  user: string,
): Promise<{ ended(proof: CanaryProof | null, failure: Failure | null): Promise<void> }> {
  const id = newRunId(ports.now());
  await noteAudit(ports, { what: 'canary', id, calendarUrl, user });
  return {
    ended(proof, failure) {
      const { control, create, update } = proof ?? { control: false, create: false, update: false };
      const problems = failure === null ? [] : [failure.code];
      return noteAudit(ports, { what: 'canary-end', id, control, create, update, problems });
    },
  };
}
