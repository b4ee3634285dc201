// The order of a table's rows.

export interface GroupRow {
  key: string;
  name: string;
  opened: number;
  closed: number;
  /** The medians, in seconds; null of none. */
  firstResponse: number | null;
  resolution: number | null;
}

export type Column = Exclude<keyof GroupRow, 'key'>;

export interface Order {
  by: Column;
  isDescending: boolean;
}

/** Rows of which a figure is unknown come last, in either direction; equal ones stay as they came. */
export function sorted(rows: readonly GroupRow[], { by, isDescending }: Order): GroupRow[] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [a[by], b[by]];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (typeof left === 'string' ? left.localeCompare(String(right)) : left - Number(right));
  });
}

/** A second press turns it round; names begin with A, figures with the largest. */
export function orderAfter(press: Column, { by, isDescending }: Order): Order {
  return { by: press, isDescending: by === press ? !isDescending : press !== 'name' };
}
