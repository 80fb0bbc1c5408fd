/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly bad: string;
  readonly chip: string;
  readonly hush: string;
  readonly new: string;
  readonly upd: string;
  readonly warn: string;
};
export default styles;
