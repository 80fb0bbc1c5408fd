/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly axis: string;
  readonly chart: string;
  readonly line: string;
  readonly rate: string;
  readonly scale: string;
};
export default styles;
