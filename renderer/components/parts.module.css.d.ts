/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly block: string;
  readonly breaks: string;
  readonly bullets: string;
  readonly card: string;
  readonly cardHead: string;
  readonly clip: string;
  readonly fact: string;
  readonly facts: string;
  readonly fold: string;
  readonly foldBody: string;
  readonly link: string;
  readonly mark: string;
  readonly moreWays: string;
  readonly numbered: string;
  readonly padded: string;
  readonly raw: string;
  readonly scroll: string;
  readonly short: string;
  readonly spin: string;
  readonly swatch: string;
  readonly table: string;
  readonly then: string;
  readonly unclear: string;
  readonly wide: string;
};
export default styles;
