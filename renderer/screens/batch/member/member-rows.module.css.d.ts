/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly frame: string;
};
export default styles;
