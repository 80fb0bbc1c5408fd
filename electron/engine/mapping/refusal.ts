import { HushError } from '../../../shared/model/failure.ts';
import { COLUMN_NAMES, type Field } from './columns.ts';
import type { TestPlace } from './defaults.ts';

/** Why one row cannot be moved, and the column in which that can be mended. */
export class RowRefusal extends Error {
  readonly column: string;
  /** The server did not let this login in. */
  readonly login: boolean;
  /** Where a test event may settle it. */
  readonly test: TestPlace | null;

  constructor(
    field: Field,
    message: string,
    { login = false, test = null }: Partial<Pick<RowRefusal, 'login' | 'test'>> = {},
  ) {
    super(message);
    this.column = COLUMN_NAMES[field];
    this.login = login;
    this.test = test;
  }
}

const LOGIN = ['SERVER_UNAUTHORIZED', 'SERVER_LOCKED'];

/** Runs a step; what a server or a check says no to becomes the row's own problem. */
export async function orRefuse<T>(field: Field, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof HushError) {
      const { code, message } = error.failure;
      throw new RowRefusal(field, message, { login: LOGIN.includes(code) });
    }
    throw error;
  }
}
