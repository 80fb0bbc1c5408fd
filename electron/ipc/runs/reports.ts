import type { ReportView } from '../../engine/engine.ts';
import type { ReportOrder } from '../../../shared/model/found/list-order.ts';
import type { ReportItem, ReportList } from '../../../shared/model/kept/report.ts';

/**
 * The report that the window reads. Its rows stay in the main process and go out in pages; only the newest one is kept,
 * for a large one takes much memory. One that is asked for again is opened again.
 */
export class Reports {
  readonly #open: (runId: string) => Promise<ReportView>;
  #kept: { readonly runId: string; readonly view: Promise<ReportView> } | null = null;

  #ordered: { readonly view: ReportView; readonly key: string; readonly items: Promise<readonly ReportItem[]> } | null =
    null;

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

  /** A page of a list, in an order: put in order once, for as long as nobody asks for another one. */
  async page(
    runId: string,
    list: ReportList,
    order: ReportOrder,
    offset: number,
    limit: number,
  ): Promise<{ readonly items: readonly ReportItem[]; readonly of: number }> {
    const view = await this.get(runId);
    const key = JSON.stringify([list, order]);
    if (this.#ordered?.view !== view || this.#ordered.key !== key) {
      this.#ordered = { view, key, items: view.inOrder(list, order) };
    }
    const items = await this.#ordered.items;
    return { items: items.slice(offset, offset + limit), of: items.length };
  }

  /** As it was opened last. */
  get(runId: string): Promise<ReportView> {
    return this.#kept?.runId === runId ? this.#kept.view : this.open(runId);
  }
}
