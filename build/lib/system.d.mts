export const PACKAGE_OF: Readonly<Record<string, string>>;
