/** What is said of an error on the bottom line: its first line. */
export function problemText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? '';
}

/** What `run` gives, or what `failed` makes of its error: a defect of one screen does not end the program. */
export function attempt<T>(run: () => T, failed: (problem: string) => T): T {
  try {
    return run();
  } catch (error) {
    return failed(problemText(error));
  }
}
