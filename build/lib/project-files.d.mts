export function projectFiles(folder?: string): string[];
