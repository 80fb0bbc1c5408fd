/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly severalCard: string;
};
export default styles;
