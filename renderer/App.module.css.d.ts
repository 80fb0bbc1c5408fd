/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly skipLink: string;
  readonly stage: string;
  readonly window: string;
};
export default styles;
