// How the desk stands now, with the way to those tickets.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StatsView } from '@/api/types';
import { numberText } from './days';
import { FigureCard } from './Figure';
import classes from './Figure.module.css';

const NOW = ['open', 'unassigned', 'waiting'] as const;

export function NowFigures({ totals }: { totals: StatsView['totals'] }) {
  const { t } = useTranslation();
  return (
    <dl className={classes.figures}>
      {NOW.map((view) => {
        const label = t(`dashboard.now.${view}`);
        const shown = numberText(totals[`${view}_now`]);
        return (
          <FigureCard key={view} label={label} hint={t(`dashboard.now.${view}Hint`)}>
            <dd className={classes.amount}>
              <Link to={`/admin?view=${view}`} className={classes.link} aria-label={t('dashboard.now.name', { label, shown })}>
                {shown}
              </Link>
            </dd>
          </FigureCard>
        );
      })}
    </dl>
  );
}
