/** Work that can take long: after each step others may have their turn. */
export type Steps<Result> = Generator<undefined, Result>;

/** Without a turn for anybody. */
export function runToEnd<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
