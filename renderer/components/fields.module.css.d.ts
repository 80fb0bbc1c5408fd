/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly across: string;
  readonly cellInput: string;
  readonly cellProblem: string;
  readonly choice: string;
  readonly clear: string;
  readonly flat: string;
  readonly float: string;
  readonly found: string;
  readonly framed: string;
  readonly hint: string;
  readonly iconButton: string;
  readonly label: string;
  readonly off: string;
  readonly on: string;
  readonly pick: string;
  readonly pickList: string;
  readonly radio: string;
  readonly select: string;
  readonly template: string;
  readonly two: string;
  readonly users: string;
  readonly wrong: string;
};
export default styles;
