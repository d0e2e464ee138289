/** Waits for all, also when one fails: none may still be at work when somebody starts again. @throws the first failure */
export async function allOf<T>(working: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(working);
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
