/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly body: string;
  readonly close: string;
  readonly drawer: string;
  readonly head: string;
  readonly padded: string;
  readonly settle: string;
  readonly tabs: string;
};
export default styles;
