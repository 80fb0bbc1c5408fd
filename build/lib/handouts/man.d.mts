import type { HelpData } from '../../../electron/cli/output/help/help-data.ts';
export function manPage(help: HelpData, date: string): string;
