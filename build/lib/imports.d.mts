export function importsIn(name: string, text: string): readonly string[];
