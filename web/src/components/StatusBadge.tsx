// A ticket's status as colour, icon and word: never colour alone.
import {
  IconCircleCheck,
  IconCircleDashed,
  IconHourglassEmpty,
  IconLock,
  IconProgress,
  type TablerIcon,
} from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Status } from '@/api/types';
import classes from './StatusBadge.module.css';

export const STATUS_ICONS: Record<Status, TablerIcon> = {
  open: IconCircleDashed,
  in_progress: IconProgress,
  pending: IconHourglassEmpty,
  resolved: IconCircleCheck,
  closed: IconLock,
};

export function StatusBadge({ status }: { status: Status }) {
  const { t } = useTranslation();
  const Icon = STATUS_ICONS[status];
  const colors = { '--text': `var(--status-${status}-text)`, '--ground': `var(--status-${status}-ground)` };
  return (
    <span className={classes.badge} style={colors as CSSProperties}>
      <Icon size={14} stroke={2} aria-hidden />
      {t(`tickets.status.${status}`)}
    </span>
  );
}
