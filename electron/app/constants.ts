/** Put in by the build (build/lib/vite.ts). */
declare const __HUSHCAL_VERSION__: string;
declare const __ELECTRON_VERSION__: string;

export const APP_NAME = 'Hushcal';
export const APP_VERSION = __HUSHCAL_VERSION__;

/** The Electron that this version is made for. */
export const MADE_FOR = __ELECTRON_VERSION__;

/** Running on another Electron than the one this version is made for: shown as a test build, never to be shipped. */
export const IS_TEST_BUILD = process.versions['electron'] !== MADE_FOR;
