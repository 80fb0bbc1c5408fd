declare const __HUSHCAL_VERSION__: string | undefined;

/** Set by the build; the sources alone have none. */
export const CLI_VERSION = typeof __HUSHCAL_VERSION__ === 'string' ? __HUSHCAL_VERSION__ : '0.0.0';
