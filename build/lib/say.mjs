/** One plain line for the person at the terminal. Standard error, so that results can be piped. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends the script with a sentence instead of a stack trace. */
export function giveUp(line, exitCode = 1) {
  say(line);
  process.exit(exitCode);
}
