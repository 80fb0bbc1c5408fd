/** As people count: calendar 2 stands before calendar 10. */
const natural = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return natural.compare(one.name, other.name);
}

/** Whether a text that a person looks for stands in one of these, in any case. */
export function holds(sought: string, ...texts: readonly (string | null | undefined)[]): boolean {
  const wanted = sought.trim().toLocaleLowerCase();
  return wanted === '' || texts.some((text) => text?.toLocaleLowerCase().includes(wanted) === true);
}
