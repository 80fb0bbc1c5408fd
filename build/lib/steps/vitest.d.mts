interface Tests {
  readonly config: string;
  readonly shown: 'default' | 'dot' | 'verbose';
  readonly report: string;
  readonly args?: readonly string[];
}

export function vitest(tests: Tests): readonly string[];
