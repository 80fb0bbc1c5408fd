interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
  readonly broken: readonly string[];
}

export function countVitest(name: string, file: string, code: number): Promise<Outcome>;
export function passedFiles(file: string, code: number): Promise<readonly string[]>;
export function countPlaywright(name: string, file: string, code: number): Promise<Outcome>;
