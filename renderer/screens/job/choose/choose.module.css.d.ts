/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly bad: string;
  readonly calendars: string;
  readonly colorField: string;
  readonly figure: string;
  readonly figures: string;
  readonly finding: string;
  readonly pickCard: string;
  readonly recentList: string;
  readonly target: string;
  readonly targetColumn: string;
  readonly under: string;
};
export default styles;
