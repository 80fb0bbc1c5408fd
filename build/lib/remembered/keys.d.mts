/** What the files are at one moment. */
interface Snapshot {
  hashOf(name: string): string;
  hashOfAll(): string;
  importsOf(name: string): readonly string[];
}

export function keysOf(
  tests: readonly string[],
  snapshot: Snapshot,
  reads: Readonly<Record<string, readonly string[]>>,
  common?: { readonly files: readonly string[]; readonly text: string },
): Map<string, string>;
export function sha256(content: string | Uint8Array): string;
