// The tables by category and by assignee.
import { useTranslation } from 'react-i18next';
import type { StatsView } from '@/api/types';
import { GroupTable } from './GroupTable';

const medians = ({ first_response, resolution }: Pick<StatsView, 'first_response' | 'resolution'>) => ({
  firstResponse: first_response.median_seconds,
  resolution: resolution.median_seconds,
});

export function Groups({ stats: { by_category, by_admin } }: { stats: StatsView }) {
  const { t } = useTranslation();
  const categories = by_category.map(({ category, opened, closed, ...times }) => ({
    key: String(category?.id),
    name: category?.name ?? t('dashboard.groups.noCategory'),
    opened,
    closed,
    ...medians(times),
  }));
  const admins = by_admin.map(({ admin, assigned, closed, ...times }) => ({
    key: String(admin?.id),
    name: admin?.name ?? t('dashboard.groups.nobody'),
    opened: assigned,
    closed,
    ...medians(times),
  }));
  return (
    <>
      <GroupTable
        title={t('dashboard.groups.category')}
        nameColumn={t('dashboard.groups.categoryColumn')}
        rows={categories}
      />
      <GroupTable title={t('dashboard.groups.admin')} nameColumn={t('dashboard.groups.adminColumn')} rows={admins} />
    </>
  );
}
