import type { JSX } from 'react';
import { useServerName } from '../../stores/names.ts';

export function ServerName({ host }: { readonly host: string }): JSX.Element {
  return <span title={host}>{useServerName(host)}</span>;
}
