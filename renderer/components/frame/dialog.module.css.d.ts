/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly dialogButtons: string;
  readonly dialogFoot: string;
};
export default styles;
