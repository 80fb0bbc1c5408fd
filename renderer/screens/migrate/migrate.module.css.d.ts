/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly chipButton: string;
  readonly pasteArea: string;
  readonly projectLine: string;
  readonly projectList: string;
  readonly rewrite: string;
  readonly rowTests: string;
  readonly sampleCsv: string;
  readonly says: string;
  readonly saysRow: string;
};
export default styles;
