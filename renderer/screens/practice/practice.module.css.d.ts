/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly people: string;
  readonly person: string;
};
export default styles;
