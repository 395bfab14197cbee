/** A value that comes later, once. Later settings of it are ignored. */
export interface Later<T> {
  readonly value: Promise<T>;
  set(value: T): void;
}

export function later<T>(): Later<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { value: promise, set: resolve };
}
