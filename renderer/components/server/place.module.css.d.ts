/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly place: string;
};
export default styles;
