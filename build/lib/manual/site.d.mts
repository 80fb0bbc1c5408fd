export function faultsOf(folder: string): readonly string[];
