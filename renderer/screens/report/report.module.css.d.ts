/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly buckets: string;
  readonly groupHead: string;
  readonly groupLine: string;
  readonly opened: string;
  readonly reportBody: string;
  readonly retryBar: string;
  readonly sum: string;
  readonly turned: string;
};
export default styles;
