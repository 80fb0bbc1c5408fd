// Read by electron-builder. build/lib/electron/pack.mjs says which runtime there is.
const { rm } = require('node:fs/promises');
const { join } = require('node:path');

const dist = process.env.HUSHCAL_ELECTRON_DIST;
const isLinux = process.platform === 'linux';
const isTestBuild = process.env.HUSHCAL_TEST_BUILD === '1';

/** The runtime's own start app has no use beside ours. */
async function afterPack({ appOutDir }) {
  await rm(join(appOutDir, 'resources', 'default_app.asar'), { force: true });
}

module.exports = {
  appId: 'example.hushcal.app',
  productName: 'Hushcal',
  copyright: 'The Hushcal developers, MIT licence',
  directories: { output: 'dist', buildResources: 'build/icons' },
  files: [
    'package.json',
    'out/main/main.cjs',
    'out/main/engine-process.cjs',
    'out/main/practice-process.cjs',
    'out/main/cli.cjs',
    'out/main/cli/**',
    'out/preload/preload.cjs',
    'out/renderer/**',
    '!**/*.map',
  ],
  asar: true,
  npmRebuild: false,
  afterPack,
  // The packed program is Hushcal only: no Node by an environment variable, no code beside the archive. A test build
  // keeps the inspector, through which its tests start it.
  electronFuses: {
    // On Linux the command line runs on the same runtime. A program that could start this one so could as well run what it
    // wants by itself: there is no right that only Hushcal has, unlike on macOS, where rights belong to a program.
    runAsNode: isLinux,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: isTestBuild,
    onlyLoadAppFromAsar: true,
    // The pages come by a scheme of their own.
    grantFileProtocolExtraPrivileges: false,
    // macOS and Windows hold the archive against its hash; electron-builder puts that where they look for it.
    enableEmbeddedAsarIntegrityValidation: true,
  },
  ...(dist ? { electronDist: dist, electronVersion: process.env.HUSHCAL_ELECTRON_VERSION } : {}),
  extraMetadata: { testBuild: isTestBuild },
  ...(isTestBuild ? { extraResources: [{ from: 'build/test-runtime/TEST-BUILD.txt', to: 'TEST-BUILD.txt' }] } : {}),
  artifactName: isTestBuild
    ? 'hushcal-${version}-test-build-${os}-${arch}.${ext}'
    : 'hushcal-${version}-${os}-${arch}.${ext}',
  // Opened by "Open with": a calendar program stays what opens calendar files otherwise.
  fileAssociations: [
    { ext: 'ics', name: 'iCalendar file', mimeType: 'text/calendar', role: 'Viewer', rank: 'Alternate' },
  ],
  // The packages for Linux are made of this folder by build/lib/ship/.
  linux: { target: ['dir'], executableName: 'hushcal', category: 'Office;Calendar', icon: 'build/icons' },
  // Signed where the environment has what that takes (docs/packages.md); without it electron-builder leaves it out.
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.productivity',
    icon: 'build/icons/512x512.png',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/mac/entitlements.plist',
    entitlementsInherit: 'build/mac/entitlements.plist',
    notarize: (process.env.APPLE_TEAM_ID ?? '') !== '',
  },
  win: { target: ['nsis', 'zip'], icon: 'build/icons/512x512.png' },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
};
