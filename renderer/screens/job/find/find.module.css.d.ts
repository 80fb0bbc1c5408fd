/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly backupList: string;
  readonly dense: string;
  readonly findGo: string;
  readonly findLead: string;
  readonly fits: string;
  readonly foundRow: string;
  readonly gone: string;
  readonly onOpen: string;
  readonly open: string;
  readonly torn: string;
  readonly trail: string;
  readonly trailBody: string;
  readonly trailChanges: string;
  readonly trailItem: string;
  readonly trailMark: string;
  readonly v1: string;
  readonly v2: string;
  readonly v3: string;
  readonly v4: string;
  readonly v5: string;
  readonly versionStrip: string;
};
export default styles;
