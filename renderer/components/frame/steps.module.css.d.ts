/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly done: string;
  readonly now: string;
  readonly step: string;
  readonly steps: string;
};
export default styles;
