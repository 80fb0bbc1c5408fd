import type { HelpData } from '../../../electron/cli/output/help/help-data.ts';
export function bashCompletion(help: HelpData): string;
export function zshCompletion(help: HelpData): string;
