// How the desk is doing: figures for admins.
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '@/components/documentTitle';
import { Dashboard } from '@/features/dashboard/Dashboard';

export default function DashboardPage() {
  const { t } = useTranslation();
  useDocumentTitle(t('dashboard.title'));
  return <Dashboard />;
}
