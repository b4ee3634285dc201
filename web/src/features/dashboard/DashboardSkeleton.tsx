// The shape of the dashboard until the first figures are there.
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Dashboard.module.css';
import figures from './Figure.module.css';

export function DashboardSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.parts} role="status" aria-label={t('shell.loading')}>
      <div className={figures.figures}>
        {Array.from({ length: 3 }, (_, card) => (
          <Skeleton key={card} height={112} />
        ))}
      </div>
      <div className={figures.figures} data-period>
        {Array.from({ length: 4 }, (_, card) => (
          <Skeleton key={card} height={132} />
        ))}
      </div>
      <Skeleton height={320} />
    </div>
  );
}
