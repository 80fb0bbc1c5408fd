/*
 * Completions of the command line, made of what `hushcal help --json` says (electron/cli/output/help/help-data.ts).
 */

const FILES = /^(?:FILE|OLD\.zip)/;
const FOLDERS = /^(?:DIR|FOLDER)/;

/** Words after the name of a command that are no option are files, but of these. */
const NO_FILES = [
  'schema',
  'practice',
  'canary',
  'cleanup',
  'announce',
  'resume',
  'undo',
  'retry',
  'runs',
  'report',
  'unlock',
  'audit',
];

/** For bash: a file that is read by it. */
export function bashCompletion({ commands }) {
  return `# bash completion for hushcal
_hushcal() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]} options=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W '${[...commands.map(({ name }) => name), 'help', '--help', '--version'].join(' ')}' -- "$cur")
    return
  fi
  case $command in
${commands.map(bashCommand).join('\n')}
    help)
      mapfile -t COMPREPLY < <(compgen -W '${[...commands.map(({ name }) => name), '--json'].join(' ')}' -- "$cur")
      return
      ;;
    *) return ;;
  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options --help" -- "$cur")
    return
  fi
  case $command in
    ${NO_FILES.join(' | ')}) ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
  esac
}
complete -o filenames -F _hushcal hushcal
`;
}

function bashCommand({ name, options }) {
  const values = options.filter(({ value, valueIsOptional }) => value !== null && !valueIsOptional);
  const cases = values.map(
    (option) => `        --${option.name})
          ${bashValue(option)}
          return
          ;;`,
  );
  return `    ${name})
      options='${options.map((option) => `--${option.name}`).join(' ')}'
      case $prev in
${[...cases, '        *) ;;'].join('\n')}
      esac
      ;;`;
}

function bashValue({ value, choices }) {
  if (choices.length > 0) return `mapfile -t COMPREPLY < <(compgen -W '${choices.join(' ')}' -- "$cur")`;
  if (FILES.test(value)) return 'mapfile -t COMPREPLY < <(compgen -f -- "$cur")';
  return FOLDERS.test(value) ? 'mapfile -t COMPREPLY < <(compgen -d -- "$cur")' : ':';
}

/** For zsh: the file _hushcal on its \`fpath\`. */
export function zshCompletion({ commands }) {
  return `#compdef hushcal
# zsh completion for hushcal

_hushcal() {
  local -a commands
  commands=(
${commands.map(({ name, does }) => `    ${quoted(`${name}:${does}`)}`).join('\n')}
    'help:says what the commands do'
  )
  if ((CURRENT == 2)); then
    _describe -t commands command commands
    _arguments '--help[says what the commands do]' '--version[says which version this is]'
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map(zshCommand).join('\n')}
    help) _describe -t commands command commands ;;
  esac
}

_hushcal "$@"
`;
}

function zshCommand({ name, options }) {
  const files = NO_FILES.includes(name) ? [] : ["'*:file:_files'"];
  const all = ["'--help[explains the options]'", ...options.map(zshOption), ...files];
  return `    ${name})
      _arguments \\
${all.map((option) => `        ${option}`).join(' \\\n')}
      ;;`;
}

function zshOption({ name, value, choices, valueIsOptional, repeats, meaning }) {
  const before = repeats ? '*' : '';
  const short = meaning
    .split(/[.;:(]/, 1)[0]
    .trim()
    .replace(/[[\]\\]/g, '\\$&');
  if (value === null) return quoted(`${before}--${name}[${short}]`);
  const word = value.replace(/[[\]\\:]/g, '\\$&').replaceAll(' ', '');
  const action =
    choices.length > 0
      ? `(${choices.join(' ')})`
      : FILES.test(value)
        ? '_files'
        : FOLDERS.test(value)
          ? '_files -/'
          : ' ';
  return quoted(
    `${before}--${name}${valueIsOptional ? '=-' : ''}[${short}]${valueIsOptional ? '::' : ':'}${word}:${action}`,
  );
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
