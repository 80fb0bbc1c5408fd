/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly bad: string;
  readonly big: string;
  readonly counts: string;
  readonly overall: string;
  readonly warn: string;
};
export default styles;
