export function closureHashes(files: readonly string[]): Map<string, string>;
