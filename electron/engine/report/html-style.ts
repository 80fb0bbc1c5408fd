/** Style of the HTML report. System colours where it can, so that print and dark need little. */
export const STYLE = `
:root { color-scheme: light dark; --line: #d5d9e0; --soft: #f3f5f8; --bad: #b3261e; --good: #1b6e4b; --dim: #5b6472;
    --warn: #7a4a00; --warn-soft: #fdf0d9; --hush: #0f6a66; --hush-soft: #e0f2f0; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3a404b; --soft: #23272f; --bad: #ff8a80; --good: #7fd8ad; --dim: #a3acba;
    --warn: #f0b458; --warn-soft: #3a2d14; --hush: #6fd0c8; --hush-soft: #14302f; }
  body { background: #16191f; color: #e8eaee; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 24px; }
h1 { font-size: 22px; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 24px 0 8px; }
.status { margin: 0; font-weight: 600; color: var(--bad); }
.status.complete { color: var(--good); }
.when, .sum, footer, small { color: var(--dim); }
.when { margin: 0; }
.told { margin: 16px 0 0; padding: 12px 16px; border-radius: 10px; }
.told.quiet { background: var(--hush-soft); color: var(--hush); }
.told.loud { background: var(--warn-soft); color: var(--warn); }
.told p { margin: 0; }
.told .big { font-size: 20px; font-weight: 650; }
.totals { list-style: none; display: flex; flex-wrap: wrap; gap: 8px; padding: 0; margin: 16px 0 4px; }
.totals li { background: var(--soft); border-radius: 8px; padding: 8px 12px; }
.totals b { font-size: 18px; margin-right: 4px; }
.totals .bad b, tr.bad td:first-child { color: var(--bad); }
.totals .good b { color: var(--good); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 5px 8px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.facts { margin-top: 12px; }
.facts th { width: 120px; color: var(--dim); font-weight: 500; }
.numbers { width: auto; }
.numbers td, .numbers th { padding-right: 16px; }
.numbers td { font-variant-numeric: tabular-nums; }
.numbers .effective { background: var(--soft); }
.rows th { font-weight: 600; background: var(--soft); }
.rows { table-layout: fixed; }
.rows th:nth-child(1) { width: 116px; }
.rows th:nth-child(3) { width: 190px; }
.rows th:nth-child(4) { width: 21%; }
.rows th:nth-child(5) { width: 32%; }
.rows th { overflow-wrap: normal; }
.notes li { margin: 4px 0; }
footer { margin-top: 24px; font-size: 12px; }
@media print { main { max-width: none; padding: 0; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;
