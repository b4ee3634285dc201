// The views of the console with how many tickets each has, and what narrows them.
import { Text } from '@mantine/core';
import {
  IconArchive,
  IconClockExclamation,
  IconInbox,
  IconStack2,
  type TablerIcon,
  IconUser,
  IconUserQuestion,
} from '@tabler/icons-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import { withParameter } from '@/components/address';
import { lazily } from '@/components/lazily';
import { locale } from '@/components/time';
import { withTexts } from '@/config/i18n';
import { type View, VIEWS, viewIn } from './address';
import { useCounts } from './useCounts';
import classes from './ViewNav.module.css';

const Filters = lazily(withTexts(['consoleTools'], () => import('./Filters')));

const ICONS: Record<View, TablerIcon> = {
  mine: IconUser,
  unassigned: IconUserQuestion,
  open: IconInbox,
  waiting: IconClockExclamation,
  closed: IconArchive,
  all: IconStack2,
};

export function ViewNav() {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  const { pathname } = useLocation();
  const counts = useCounts();
  const chosen = viewIn(address);
  return (
    <div className={classes.nav}>
      <nav aria-label={t('console.filter')}>
        <ul className={classes.views}>
          {(Object.keys(VIEWS) as View[]).map((view) => {
            const Icon = ICONS[view];
            const count = counts?.[view];
            return (
              <li key={view}>
                <Link
                  to={{ pathname, search: withParameter(address, 'view', view).toString() }}
                  className={classes.view}
                  aria-current={view === chosen ? 'true' : undefined}
                >
                  <Icon size={18} aria-hidden />
                  <span className={classes.name}>{t(`console.views.${view}`)}</span>
                  {count && (
                    <Text component="span" size="xs" c="dimmed" className={classes.count}>
                      {count.count.toLocaleString(locale())}
                      {count.more && '+'}
                    </Text>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <Suspense fallback={null}>
        <Filters />
      </Suspense>
    </div>
  );
}
