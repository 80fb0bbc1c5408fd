export const READS_VARIABLE: string;
export const EVERYTHING: string;
export function watchReads(counts: (path: string) => boolean, note: (modules: string[], path: string) => void): void;
