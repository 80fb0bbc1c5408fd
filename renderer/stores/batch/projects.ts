import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import type { ProjectList } from '../../../shared/model/batch/project.ts';
import { tryingFor } from '../trying.ts';

interface ProjectsState {
  /** Null while it is not known. */
  readonly list: ProjectList | null;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
  /** Whether it was done; `failure` says why not. */
  readonly rename: (id: string, name: string) => Promise<boolean>;
  readonly duplicate: (id: string) => Promise<boolean>;
  readonly remove: (id: string) => Promise<boolean>;
}

/** Migrations in the making that are kept under a name. */
export const useProjects = create<ProjectsState>()((set, get) => {
  const guard = tryingFor(set);
  let asked = 0;
  /** An answer that a later one has overtaken is dropped. */
  const take = async (work: () => Promise<ProjectList>): Promise<boolean> => {
    asked += 1;
    const mine = asked;
    await guard(async () => {
      const list = await work();
      if (mine === asked) set({ list });
    });
    return get().failure === null;
  };
  return {
    list: null,
    failure: null,
    async load() {
      await take(() => call('project.list', {}));
    },
    rename: (id, name) => take(() => call('project.rename', { id, name })),
    duplicate: (id) => take(() => call('project.duplicate', { id })),
    remove: (id) => take(() => call('project.remove', { id })),
  };
});
