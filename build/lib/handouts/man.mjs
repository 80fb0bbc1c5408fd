/**
 * The manual page hushcal(1), made of what `hushcal help --json` says.
 * @param help that object (electron/cli/output/help/help-data.ts)
 * @param date of the version, `YYYY-MM-DD`
 */
export function manPage(help, date) {
  return [
    `.TH HUSHCAL 1 "${date}" "Hushcal ${help.version}" "User Commands"`,
    '.SH NAME',
    'hushcal \\- put calendars back without waking anyone',
    '.SH SYNOPSIS',
    '.B hushcal',
    '.I COMMAND',
    '[\\fIOPTION\\fR]...',
    '.br',
    '.B hushcal',
    '.B help',
    '[\\fICOMMAND\\fR]',
    '.SH DESCRIPTION',
    'Hushcal restores, migrates and cleans up calendars over CalDAV, with control over who is notified.',
    'Every command that writes shows its plan first, and writes nothing without',
    '.BR \\-\\-yes .',
    '.SH COMMANDS',
    ...help.commands.flatMap(command),
    '.SH EXIT STATUS',
    ...Object.entries(EXIT_WORDS).flatMap(([name, words]) => [
      '.TP',
      `.B ${String(help.exitCodes[name])}`,
      text(words),
    ]),
    '.SH FILES',
    '.TP',
    '.I ~/.config/Hushcal',
    'Runs, known servers and settings; window and command line share them.',
    '.TP',
    '.I ~/.cache/hushcal',
    'What may be lost at any time.',
    '',
  ]
    .filter((line, index, all) => line !== '' || index === all.length - 1)
    .join('\n');
}

const EXIT_WORDS = {
  done: 'Done and verified.',
  trouble: 'Finished with trouble; the report says with which.',
  nothingWritten: 'Nothing was written.',
  interrupted: 'Interrupted; it can be resumed.',
};

function command({ name, does, usage, options, examples }) {
  return [
    `.SS ${text(name)}`,
    text(`${does.charAt(0).toUpperCase()}${does.slice(1)}.`),
    '.PP',
    text(usage),
    ...options.flatMap(option),
    ...(examples.length === 0 ? [] : ['.PP', '.nf', ...examples.map(text), '.fi']),
  ];
}

function option({ name, value, valueIsOptional, meaning }) {
  const given = value === null ? '' : valueIsOptional ? `[=\\fI${text(value)}\\fR]` : ` \\fI${text(value)}\\fR`;
  return ['.TP', `\\fB\\-\\-${name.replaceAll('-', '\\-')}\\fR${given}`, text(meaning)];
}

/** Text as roff takes it: no backslash, no dot and no quote at the start of a line that it would read as its own. */
function text(words) {
  return words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replace(/^([.'])/, '\\&$1');
}
