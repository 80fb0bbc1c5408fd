/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly aboutHead: string;
  readonly notices: string;
  readonly path: string;
  readonly settings: string;
  readonly shortcut: string;
  readonly shortcutGroup: string;
  readonly shortcuts: string;
  readonly shortcutsFoot: string;
};
export default styles;
