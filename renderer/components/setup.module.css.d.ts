/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly setup: string;
  readonly setupLine: string;
  readonly setupName: string;
  readonly setupOffers: string;
};
export default styles;
