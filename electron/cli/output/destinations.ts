/** A variable that a list names, and the server that what is in it goes to. */
export interface NamedPassword {
  readonly secret: string;
  readonly origin: string;
  readonly users: readonly string[];
}

/** Users that are named one by one. */
const NAMED = 10;

/** Where a password is about to go, said before it goes: it comes from what a file says. */
export function destinationText({ secret, origin, users }: NamedPassword): string {
  const some = users.slice(0, NAMED).join(', ');
  const more = users.length > NAMED ? ` and ${users.length - NAMED} more` : '';
  // A name in small letters may be a password in the wrong place.
  const shown = /^[A-Z][A-Z0-9_]*$/.test(secret) ? secret : 'a variable';
  return `Logging in to ${origin} with ${shown} for ${some}${more}.`;
}
