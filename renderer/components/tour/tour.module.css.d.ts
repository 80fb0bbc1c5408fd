/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly back: string;
  readonly choice: string;
  readonly cross: string;
  readonly line: string;
  readonly mail: string;
  readonly new: string;
  readonly off: string;
  readonly on: string;
  readonly panel: string;
  readonly picture: string;
  readonly radio: string;
  readonly same: string;
  readonly saved: string;
  readonly server: string;
  readonly sheet: string;
  readonly tour: string;
  readonly upd: string;
  readonly warn: string;
};
export default styles;
