// The way from a ticket back to the list.
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './BackLink.module.css';

interface Props {
  to: string;
  /** Beside the list there is nothing to go back to. */
  onlyNarrow?: boolean;
  children: ReactNode;
}

export function BackLink({ to, onlyNarrow, children }: Props) {
  return (
    <Link to={to} className={classes.back} data-only-narrow={onlyNarrow || undefined}>
      <IconArrowLeft size={16} aria-hidden />
      {children}
    </Link>
  );
}
