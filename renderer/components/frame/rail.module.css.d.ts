/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly badge: string;
  readonly brand: string;
  readonly dot: string;
  readonly foot: string;
  readonly helpLink: string;
  readonly line: string;
  readonly live: string;
  readonly nav: string;
  readonly none: string;
  readonly rail: string;
  readonly separator: string;
  readonly themes: string;
  readonly themesNamed: string;
  readonly word: string;
};
export default styles;
