/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly buttons: string;
  readonly compact: string;
  readonly drop: string;
  readonly over: string;
  readonly says: string;
};
export default styles;
