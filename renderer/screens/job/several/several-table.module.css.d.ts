/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly frame: string;
  readonly off: string;
  readonly place: string;
};
export default styles;
