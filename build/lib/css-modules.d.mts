export function cssModules(): readonly string[];
export function classNames(css: string): readonly string[];
export function declarationOf(css: string): string;
export function declareCssModules(): void;
