export function deadExports(): readonly string[];
export function findDeadExports(texts: readonly (readonly [name: string, text: string])[]): readonly string[];
