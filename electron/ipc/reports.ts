import type { ReportView } from '../engine/engine.ts';

/**
 * The report that the window reads. Its rows stay in the main process and go out in pages; only the newest one is kept,
 * for a large one takes much memory. One that is asked for again is opened again.
 */
export class Reports {
  readonly #open: (runId: string) => Promise<ReportView>;
  #kept: { readonly runId: string; readonly view: Promise<ReportView> } | null = null;

  constructor(open: (runId: string) => Promise<ReportView>) {
    this.#open = open;
  }

  /** As the run stands now. Rejects with a HushError when it cannot be read. */
  open(runId: string): Promise<ReportView> {
    const view = this.#open(runId);
    const kept = { runId, view };
    this.#kept = kept;
    view.catch(() => {
      if (this.#kept === kept) this.#kept = null;
    });
    return view;
  }

  /** As it was opened last. */
  get(runId: string): Promise<ReportView> {
    return this.#kept?.runId === runId ? this.#kept.view : this.open(runId);
  }
}
