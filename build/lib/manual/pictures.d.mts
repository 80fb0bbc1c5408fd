export const PICTURES: Readonly<Record<string, string>>;
export function specsThatDraw(name: string): string[];
export function takePictures(): string[];
