interface Ended {
  readonly code: number;
  readonly output: string;
}

export function runNode(
  args: readonly string[],
  options?: { output?: 'inherit' | 'stderr' | 'capture' | 'both' },
): Promise<Ended>;
