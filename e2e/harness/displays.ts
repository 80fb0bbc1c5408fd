/** The displays to show apps on, one for each worker; a single undefined one is the person's own. */
export function displays(): readonly (string | undefined)[] {
  return process.env['HUSHCAL_E2E_DISPLAYS']?.split(' ') ?? [undefined];
}

/** What makes an app appear on the display of the worker that starts it. */
export function displayVariables(): Readonly<Record<string, string>> {
  const display = displays()[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
  return display === undefined ? {} : { DISPLAY: display };
}
