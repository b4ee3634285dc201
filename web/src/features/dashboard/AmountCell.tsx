// A figure in a table, with a small bar that compares it with the others of its column.
import { Table } from '@mantine/core';
import type { CSSProperties } from 'react';
import { numberText } from './days';
import classes from './tables.module.css';

export function AmountCell({ amount, most }: { amount: number; most: number }) {
  const part = { '--part': most > 0 ? amount / most : 0 } as CSSProperties;
  return (
    <Table.Td className={classes.figure}>
      {numberText(amount)}
      <span className={classes.bar} style={part} aria-hidden />
    </Table.Td>
  );
}
