/** The rule that names one event by its UID. A UID that `=` would read as a pattern is written as an expression. */
export function uidRule(uid: string): string {
  if (!uid.includes('*') && uid === uid.trim()) return `uid=${uid}`;
  return `uid~^${uid.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s/g, '\\s')}$`;
}
