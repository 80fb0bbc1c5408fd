/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly explain: string;
};
export default styles;
