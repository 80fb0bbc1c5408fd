/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly batchEntry: string;
  readonly buttons: string;
  readonly projectEntry: string;
  readonly runEntry: string;
  readonly what: string;
};
export default styles;
