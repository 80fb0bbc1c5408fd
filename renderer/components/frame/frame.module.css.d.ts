/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly actions: string;
  readonly body: string;
  readonly even: string;
  readonly fill: string;
  readonly fixed: string;
  readonly footBar: string;
  readonly gridFoot: string;
  readonly gridFrame: string;
  readonly lead: string;
  readonly live: string;
  readonly most: string;
  readonly note: string;
  readonly open: string;
  readonly over: string;
  readonly page: string;
  readonly review: string;
  readonly screen: string;
  readonly splitView: string;
  readonly sub: string;
  readonly tall: string;
  readonly title: string;
  readonly tools: string;
  readonly top: string;
  readonly underGap: string;
  readonly withPanel: string;
};
export default styles;
