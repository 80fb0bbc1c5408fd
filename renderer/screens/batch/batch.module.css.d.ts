/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly bad: string;
  readonly done: string;
  readonly drawerItem: string;
  readonly drawerList: string;
  readonly flowEnd: string;
  readonly flowLine: string;
  readonly flowStrip: string;
  readonly going: string;
  readonly memberBar: string;
  readonly memberSearch: string;
  readonly open: string;
  readonly queued: string;
  readonly reason: string;
  readonly shortNotes: string;
  readonly thin: string;
  readonly warn: string;
};
export default styles;
