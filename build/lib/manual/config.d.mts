export interface Part {
  readonly text: string;
  readonly items: readonly { readonly text: string; readonly link: string }[];
}
export function sidebar(pages: ReadonlyMap<string, string>): readonly Part[];
