/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly bad: string;
  readonly picked: string;
  readonly tab: string;
  readonly tabs: string;
  readonly warn: string;
};
export default styles;
