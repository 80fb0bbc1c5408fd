/** Version of the lines of `--json`: it rises when a program that reads them would have to change. */
const VERSION = 1;

/** One line of `--json`: `v` first. All kinds of lines stand in docs/cli-events.md. */
export function jsonLine(value: object): string {
  return JSON.stringify({ v: VERSION, ...value });
}
