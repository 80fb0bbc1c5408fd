import type { CanonicalComponent } from '../meaning/canonical.ts';
import { canonicalComponents } from '../meaning/canonical.ts';
import { encode, splitLines } from '../lines.ts';
import { normaliseText } from '../repairs/line-ends.ts';

function componentsOf(text: string): CanonicalComponent[] {
  return canonicalComponents(splitLines(normaliseText(encode(text))));
}

/**
 * Names of the properties whose meaning differs between two texts, sorted; those of inner components with the
 * component before them (`VALARM.TRIGGER`). Empty exactly when `meaningOf` is equal for both.
 */
export function differingProperties(a: string, b: string): string[] {
  const left = count(componentsOf(a));
  const right = count(componentsOf(b));
  const names = new Set<string>();
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const one = left.get(key);
    const other = right.get(key);
    if (one?.times !== other?.times) names.add((one ?? other)?.name ?? '');
  }
  return [...names].sort();
}

interface Counted {
  readonly name: string;
  times: number;
}

/** How often each property occurs, with the place where it stands. */
function count(components: readonly CanonicalComponent[], outer = '', place = ''): Map<string, Counted> {
  const all = new Map<string, Counted>();
  const add = (key: string, name: string, times: number): void => {
    const known = all.get(key);
    if (known === undefined) all.set(key, { name, times });
    else known.times += times;
  };
  for (const component of components) {
    const own = `${place}/${component.name}${identity(component, outer === '')}`;
    const prefix = outer === '' ? '' : `${component.name}.`;
    add(own, outer === '' ? component.name : component.name, 1);
    for (const property of component.properties) {
      add(`${own} ${property.key}`, `${prefix}${property.name === '' ? '(line)' : property.name}`, 1);
    }
    for (const [key, inner] of count(component.components, component.name, own)) add(key, inner.name, inner.times);
  }
  return all;
}

/** Instances of a series are compared with their like, an alarm with any other alarm of the same event. */
function identity(component: CanonicalComponent, top: boolean): string {
  if (!top) return '';
  const keys = component.properties.filter((one) => one.name === 'UID' || one.name === 'RECURRENCE-ID');
  return keys
    .map((one) => one.key)
    .sort()
    .join(' ');
}
