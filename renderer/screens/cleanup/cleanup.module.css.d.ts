/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly cluster: string;
  readonly clusterBar: string;
  readonly clusterCount: string;
  readonly clusterOpen: string;
  readonly head: string;
  readonly matches: string;
  readonly open: string;
  readonly ownSwitch: string;
  readonly placeList: string;
  readonly placeRow: string;
  readonly placesHead: string;
  readonly preview: string;
  readonly ruleChip: string;
  readonly ruleLine: string;
  readonly ruleText: string;
  readonly wrong: string;
};
export default styles;
