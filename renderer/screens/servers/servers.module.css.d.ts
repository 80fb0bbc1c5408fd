/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly calendars: string;
  readonly calendarsLine: string;
  readonly serverCard: string;
};
export default styles;
