// A property as colour, icon and word: never colour alone.
import type { TablerIcon } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import type { Status } from '@/api/types';
import classes from './StatusBadge.module.css';

/** Whose colours each tone has. */
const TONES = {
  plain: 'closed',
  good: 'resolved',
  marked: 'in_progress',
  warning: 'open',
} as const satisfies Record<string, Status>;

interface Props {
  icon: TablerIcon;
  tone: keyof typeof TONES;
  children: ReactNode;
}

export function IconBadge({ icon: Icon, tone, children }: Props) {
  const colors = { '--text': `var(--status-${TONES[tone]}-text)`, '--ground': `var(--status-${TONES[tone]}-ground)` };
  return (
    <span className={classes.badge} style={colors as CSSProperties}>
      <Icon size={14} stroke={2} aria-hidden />
      {children}
    </span>
  );
}
