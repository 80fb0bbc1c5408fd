/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly current: string;
  readonly fits: string;
  readonly missingDay: string;
  readonly missingRow: string;
};
export default styles;
