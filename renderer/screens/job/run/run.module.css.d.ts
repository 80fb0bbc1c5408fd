/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly liveList: string;
  readonly liveRow: string;
  readonly nothing: string;
  readonly said: string;
};
export default styles;
