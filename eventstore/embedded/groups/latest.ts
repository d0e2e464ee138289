/** Writes one value at a time; of those that come meanwhile, only the newest. */
export type Latest<T> = {
  put(value: T): void;
  /** Gives up what waits. */
  forget(): void;
  readonly busy: boolean;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
};

/** What fails is not tried again: the next value says more. `done` is called after each. */
export function latestOnly<T>(write: (value: T) => Promise<unknown>, done: () => void): Latest<T> {
  let next: { value: T } | undefined;
  let working: Promise<void> | undefined;
  async function work(): Promise<void> {
    while (next !== undefined) {
      const { value } = next;
      next = undefined;
      await write(value).catch(() => {});
    }
    working = undefined;
    done();
  }
  return {
    put(value) {
      next = { value };
      working ??= work();
    },
    forget() {
      next = undefined;
    },
    get busy() {
      return working !== undefined;
    },
    idle: async () => working,
  };
}
