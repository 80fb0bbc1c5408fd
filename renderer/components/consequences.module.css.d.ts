/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly acting: string;
  readonly address: string;
  readonly blank: string;
  readonly blocked: string;
  readonly busy: string;
  readonly consequences: string;
  readonly count: string;
  readonly lesson: string;
  readonly loud: string;
  readonly more: string;
  readonly notified: string;
  readonly open: string;
  readonly stripMore: string;
  readonly what: string;
  readonly why: string;
};
export default styles;
