import type { JSX } from 'react';

/**
 * Text out of a calendar, amid our own: it runs in the direction of its own letters, and whatever turns letters round in
 * it (U+202E) ends with it.
 */
export function Foreign({ children }: { readonly children: string }): JSX.Element {
  return <bdi dir="auto">{children}</bdi>;
}
