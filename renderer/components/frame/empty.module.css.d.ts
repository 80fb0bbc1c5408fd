/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly actions: string;
  readonly empty: string;
};
export default styles;
