import { expect, it } from 'vitest';
import { PACKAGE_OF } from './lib/system.mjs';

/** What an Electron lacks on a Debian 12 with nothing on it, as ldd names it (debootstrap, minbase). */
const LACKING =
  `libX11.so.6 libXcomposite.so.1 libXdamage.so.1 libXext.so.6 libXfixes.so.3 libXrandr.so.2 libasound.so.2
  libatk-1.0.so.0 libatk-bridge-2.0.so.0 libatspi.so.0 libcairo.so.2 libcups.so.2 libdbus-1.so.3 libdrm.so.2 libexpat.so.1
  libgbm.so.1 libgio-2.0.so.0 libglib-2.0.so.0 libgobject-2.0.so.0 libgtk-3.so.0 libnspr4.so libnss3.so libnssutil3.so
  libpango-1.0.so.0 libsmime3.so libxcb.so.1 libxkbcommon.so.0`.split(/\s+/);

it('knows the package of every library that an empty Debian lacks', () => {
  expect(LACKING.filter((library) => PACKAGE_OF[library] === undefined)).toEqual([]);
});
