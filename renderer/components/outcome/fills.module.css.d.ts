/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly fillBad: string;
  readonly fillHush: string;
  readonly fillNew: string;
  readonly fillSame: string;
  readonly fillUpd: string;
  readonly fillWaiting: string;
  readonly fillWarn: string;
  readonly key: string;
  readonly progress: string;
};
export default styles;
