import { collectDiagnostics } from '../../diagnostics/collect.ts';
import { packDiagnostics } from '../../diagnostics/pack.ts';
import type { Ports } from '../ports.ts';
import { saveFile } from '../../save-file.ts';
import type { HandlersOf } from '../types.ts';

export function diagnosticsHandlers({
  desktop,
  engine,
  userData,
}: Pick<Ports, 'desktop' | 'engine' | 'userData'>): HandlersOf<'diagnostics'> {
  const collect = async (hosts: boolean) => {
    const { version, electron, testBuild, secretStore } = await desktop.info();
    const versions = { hushcal: version, electron, testBuild, secretStore };
    return collectDiagnostics({ userData, engine, versions }, hosts);
  };
  return {
    'diagnostics.show': async ({ hosts }) => ({ files: await collect(hosts) }),
    'diagnostics.save': async ({ hosts }) => {
      const day = new Date().toISOString().slice(0, 10);
      const path = await desktop.chooseTarget(`hushcal-diagnostics-${day}.zip`, 'diagnostics');
      if (path === null) return null;
      await saveFile(path, await packDiagnostics(await collect(hosts)));
      return { path };
    },
  };
}
