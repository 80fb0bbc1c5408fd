import { originOf } from '../../../shared/text/address.ts';
import { isUrl, type MappingRow } from '../../../shared/model/batch/migrate.ts';
import type { Login } from '../../../shared/model/login.ts';
import type { MappingDefaults } from './defaults.ts';
import { sourceLogin, targetLogin } from './logins.ts';
import { RowRefusal } from './refusal.ts';

/** Where one secret is about to go. */
export interface Destination {
  /** What the mapping calls the secret: a variable, never what is in it. */
  readonly secret: string;
  readonly origin: string;
  readonly users: readonly string[];
}

/** Every secret that the rows name and the server that it goes to, before any of them goes. Rows that are refused have none. */
export function destinationsOf(
  rows: readonly MappingRow[],
  { target, source }: Pick<MappingDefaults, 'target' | 'source'>,
): readonly Destination[] {
  const found = new Map<string, { secret: string; origin: string; users: Set<string> }>();
  const add = (login: () => Login): void => {
    const one = orNone(login);
    if (one === null) return;
    const [secret, origin] = [one.secret, originOf(one.url)];
    const known = found.get(JSON.stringify([secret, origin])) ?? { secret, origin, users: new Set() };
    known.users.add(one.user);
    found.set(JSON.stringify([secret, origin]), known);
  };
  for (const row of rows) {
    add(() => targetLogin(row, target));
    if (isUrl(row.source)) add(() => sourceLogin(row, source));
  }
  return [...found.values()].map((one) => ({ ...one, users: [...one.users] }));
}

function orNone(login: () => Login): Login | null {
  try {
    return login();
  } catch (error) {
    if (error instanceof RowRefusal) return null;
    throw error;
  }
}
