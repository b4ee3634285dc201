// Tells whether what was kept is still what it is read as. An older version, or anybody at this device, may have left
// anything there.

export type Is<T> = (value: unknown) => value is T;
export type Shape<T> = { [Key in keyof T]-?: Is<T[Key]> };

export const isText: Is<string> = (value) => typeof value === 'string';
export const isNumber: Is<number> = (value): value is number => Number.isFinite(value);
export const isNull: Is<null> = (value) => value === null;

export function isEither<A, B>(isA: Is<A>, isB: Is<B>): Is<A | B> {
  return (value): value is A | B => isA(value) || isB(value);
}

export function isOneOf<T>(values: readonly T[]): Is<T> {
  return (value): value is T => values.some((one) => one === value);
}

export function isListOf<T>(isOne: Is<T>): Is<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(isOne);
}

/** An object with these fields. More of them do no harm. */
export function isShaped<T>(shape: Shape<T>): Is<T> {
  const fields = Object.entries(shape) as [string, Is<unknown>][];
  return (value): value is T =>
    typeof value === 'object' && value !== null && fields.every(([name, is]) => is((value as Record<string, unknown>)[name]));
}
