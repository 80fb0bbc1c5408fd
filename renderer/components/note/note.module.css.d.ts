/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly jobNote: string;
  readonly noteLine: string;
};
export default styles;
