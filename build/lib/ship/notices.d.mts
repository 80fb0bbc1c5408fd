export function notices(parts: readonly string[]): string;
export function noticeOf(folder: string): string;
