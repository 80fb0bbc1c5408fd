export function stage(folder: string): readonly string[];
export function sources(): readonly string[];
export function pageOf(source: string): string | null;
export function rebase(
  text: string,
  source: string,
  exists: (path: string) => boolean,
): { readonly text: string; readonly missing: readonly string[] };
