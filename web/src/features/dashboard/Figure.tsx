// A figure on a card: what it is, how much, and how that has changed.
import { Paper, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconEqual, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Change } from './change';
import classes from './Figure.module.css';

interface CardProps {
  label: string;
  hint?: string;
  children: ReactNode;
}

/** Within a `dl`. */
export function FigureCard({ label, hint, children }: CardProps) {
  return (
    <Paper withBorder p="md" className={classes.card}>
      <Text component="dt" size="sm" fw={600}>
        {label}
      </Text>
      {children}
      {hint && (
        <Text component="dd" size="xs" c="dimmed" className={classes.hint}>
          {hint}
        </Text>
      )}
    </Paper>
  );
}

const ARROWS: Record<Change['direction'], TablerIcon> = {
  more: IconArrowUpRight,
  fewer: IconArrowDownRight,
  same: IconEqual,
};

interface ChangeProps {
  direction: Change['direction'] | null;
  text: string;
}

/** As words and sign; the arrow only repeats it. */
export function ChangeText({ direction, text }: ChangeProps) {
  const Arrow = direction && ARROWS[direction];
  return (
    <Text component="span" size="xs" c="dimmed" className={classes.change}>
      {Arrow && <Arrow size={14} aria-hidden />}
      {text}
    </Text>
  );
}
