// Read by electron-builder. build/lib/pack.mjs says which runtime there is.
const dist = process.env.HUSHCAL_ELECTRON_DIST;
const isTestBuild = process.env.HUSHCAL_TEST_BUILD === '1';

module.exports = {
  appId: 'example.hushcal.app',
  productName: 'Hushcal',
  copyright: 'The Hushcal developers, MIT licence',
  directories: { output: 'dist', buildResources: 'build/icons' },
  files: ['package.json', 'out/main/main.cjs', 'out/preload/preload.cjs', 'out/renderer/**', '!**/*.map'],
  asar: true,
  npmRebuild: false,
  ...(dist ? { electronDist: dist, electronVersion: process.env.HUSHCAL_ELECTRON_VERSION } : {}),
  extraMetadata: { testBuild: isTestBuild },
  ...(isTestBuild ? { extraResources: [{ from: 'build/test-runtime/TEST-BUILD.txt', to: 'TEST-BUILD.txt' }] } : {}),
  artifactName: isTestBuild
    ? 'hushcal-${version}-test-build-${os}-${arch}.${ext}'
    : 'hushcal-${version}-${os}-${arch}.${ext}',
  linux: {
    target: ['deb', 'tar.gz'],
    executableName: 'hushcal',
    category: 'Office;Calendar',
    icon: 'build/icons',
    synopsis: 'Put calendars back without waking anyone',
    desktop: { entry: { Name: 'Hushcal', StartupWMClass: 'Hushcal' } },
  },
  mac: { target: ['dmg'], category: 'public.app-category.productivity', icon: 'build/icons/512x512.png' },
  win: { target: ['nsis'], icon: 'build/icons/512x512.png' },
};
