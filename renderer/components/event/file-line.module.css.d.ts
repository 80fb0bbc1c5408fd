/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly fileLine: string;
};
export default styles;
