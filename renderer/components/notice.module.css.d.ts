/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly bad: string;
  readonly hush: string;
  readonly notice: string;
  readonly said: string;
  readonly warn: string;
  readonly ways: string;
  readonly what: string;
};
export default styles;
