export function drawHouse(): string;
