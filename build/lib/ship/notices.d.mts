export const WINDOW_PARTS: readonly string[];
export function notices(parts: readonly string[]): string;
export function noticeOf(folder: string): string;
