/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly ruleEditor: string;
  readonly value: string;
};
export default styles;
