/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly dropHint: string;
  readonly interruptedBand: string;
  readonly liveBand: string;
};
export default styles;
