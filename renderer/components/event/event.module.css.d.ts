/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly card: string;
  readonly compared: string;
  readonly lines: string;
  readonly text: string;
  readonly then: string;
};
export default styles;
