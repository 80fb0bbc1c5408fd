/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly act: string;
  readonly acts: string;
  readonly later: string;
};
export default styles;
