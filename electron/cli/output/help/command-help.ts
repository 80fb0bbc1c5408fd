/** What `--help` says of one command, besides its usage line. */
export interface CommandHelp {
  /** One line, without a full stop. */
  readonly does: string;
  /** Option → meaning; options of several commands stand in `shared-options.ts`. */
  readonly options: Readonly<Record<string, string>>;
  readonly examples?: readonly string[];
}
