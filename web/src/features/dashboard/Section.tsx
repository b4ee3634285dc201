// A part of the dashboard with a frame.
import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Section.module.css';

interface Props {
  labelledBy: string;
  children: ReactNode;
}

export function Section({ labelledBy, children }: Props) {
  return (
    <Paper component="section" withBorder p="md" className={classes.section} aria-labelledby={labelledBy}>
      {children}
    </Paper>
  );
}
