/**
 * Style of the HTML report: on screen down to 620 pixels, on A4 and Letter, light and dark. Words are not broken but for
 * UIDs and addresses; a table that is too narrow becomes a list.
 */
export const STYLE = `
:root { color-scheme: light dark; --line: #d5d9e0; --soft: #f3f5f8; --bad: #b3261e; --good: #1b6e4b; --dim: #5b6472;
    --warn: #7a4a00; --warn-soft: #fdf0d9; --hush: #0f6a66; --hush-soft: #e0f2f0; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3a404b; --soft: #23272f; --bad: #ff8a80; --good: #7fd8ad; --dim: #a3acba;
    --warn: #f0b458; --warn-soft: #3a2d14; --hush: #6fd0c8; --hush-soft: #14302f; }
  body { background: #16191f; color: #e8eaee; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; overflow-wrap: break-word; }
main { max-width: 1100px; margin: 0 auto; padding: 24px; }
h1 { font-size: 22px; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 24px 0 8px; }
bdi { unicode-bidi: isolate; }
.status { margin: 0; font-weight: 600; color: var(--bad); }
.status.complete { color: var(--good); }
.when, .sum, footer, small { color: var(--dim); }
.when { margin: 0; }
.notified { margin: 16px 0 0; padding: 12px 16px; border-radius: 10px; }
.notified.quiet { background: var(--hush-soft); color: var(--hush); }
.notified.loud { background: var(--warn-soft); color: var(--warn); }
.notified p { margin: 0; }
.notified .big { font-size: 20px; font-weight: 650; }
.totals { list-style: none; display: flex; flex-wrap: wrap; gap: 8px; padding: 0; margin: 12px 0 4px; }
.totals li { background: var(--soft); border-radius: 8px; padding: 6px 12px; }
.totals b { font-size: 18px; margin-right: 4px; }
.totals .bad b, tr.bad .outcome { color: var(--bad); }
.totals .good b { color: var(--good); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 5px 8px; border-bottom: 1px solid var(--line); }
.facts { margin-top: 12px; }
.facts th { width: 120px; color: var(--dim); font-weight: 500; }
.facts td { white-space: pre-line; }
.numbers td, .numbers th { padding-right: 12px; }
.numbers td { font-variant-numeric: tabular-nums; }
.numbers .effective { background: var(--soft); }
.numbers tbody th { white-space: nowrap; font-weight: 500; }
.numbers thead th { max-width: 150px; font-weight: 600; }
.rows { table-layout: fixed; }
.rows th { font-weight: 600; background: var(--soft); }
.rows .c-title { width: 40%; }
.rows .c-when { width: 21%; }
.rows .c-outcome { width: 13%; }
.calendars .c-title { width: 36%; }
.calendars .c-when { width: 14%; }
.calendars .c-outcome { width: 14%; }
.uid { display: block; font-size: 12px; overflow-wrap: anywhere; }
.notes li { margin: 4px 0; }
footer { margin-top: 24px; font-size: 12px; overflow-wrap: anywhere; }
@media screen and (max-width: 720px) {
  main { padding: 14px; }
  .rows thead { display: none; }
  .rows tr { display: flex; flex-wrap: wrap; gap: 0 14px; padding: 7px 0; border-bottom: 1px solid var(--line); }
  .rows td { padding: 1px 0; border: 0; }
  .rows td:nth-child(2) { flex: 1 0 100%; order: -1; }
  .facts th { width: 96px; }
  .facts td { overflow-wrap: anywhere; }
}
@page { margin: 14mm 13mm 16mm; }
@media print {
  :root { color-scheme: light; --line: #c9ced6; --soft: #f3f5f8; --bad: #b3261e; --good: #1b6e4b; --dim: #4c5563;
    --warn: #7a4a00; --warn-soft: #fdf0d9; --hush: #0f6a66; --hush-soft: #e0f2f0; }
  body { background: none; color: #000; font-size: 9pt; line-height: 1.3; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 16pt; }
  h2 { font-size: 11.5pt; margin: 12pt 0 4pt; break-after: avoid; }
  th, td { padding: 1.5pt 4pt; }
  .notified { padding: 6pt 10pt; margin-top: 8pt; }
  .notified .big { font-size: 13pt; }
  .totals { gap: 5pt; margin-top: 8pt; }
  .totals li { padding: 3pt 8pt; }
  .totals b { font-size: 12pt; }
  .facts { margin-top: 6pt; }
  .uid { font-size: 7pt; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
  .notes { margin: 4pt 0; }
  .notes li { margin: 1.5pt 0; }
}
`;

/** Page numbers for whoever prints the page out of a browser; a PDF that Hushcal makes has its own. */
export const PAGE_NUMBERS = `
@page { @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt system-ui, sans-serif; color: #4c5563; } }
`;
