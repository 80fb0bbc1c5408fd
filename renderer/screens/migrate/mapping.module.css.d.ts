/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly edit: string;
  readonly mapping: string;
  readonly row: string;
  readonly slim: string;
};
export default styles;
