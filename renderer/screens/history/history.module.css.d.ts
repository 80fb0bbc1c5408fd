/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly auditDetails: string;
  readonly auditLines: string;
  readonly auditTable: string;
  readonly batchChild: string;
  readonly batchChildren: string;
  readonly foldButton: string;
  readonly historyFilter: string;
  readonly historyTools: string;
  readonly runList: string;
  readonly turned: string;
};
export default styles;
