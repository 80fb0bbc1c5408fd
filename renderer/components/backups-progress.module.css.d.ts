/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly findProgress: string;
};
export default styles;
