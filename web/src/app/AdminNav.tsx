// The parts of the admin's side, one beside the other, and the new tickets that wait for somebody.
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, matchPath, useLocation } from 'react-router';
import { lazily } from '@/components/lazily';
import { withTexts } from '@/config/i18n';
import classes from './AdminNav.module.css';
import { useTicketPath } from './useTicketPath';

const WaitingTickets = lazily(
  withTexts(['ticketAlerts', 'tickets'], () => import('@/features/ticketAlerts/WaitingTickets')),
);

/** With the pages that belong to each, a ticket or an account for example. */
const PARTS = [
  { to: '/admin', pages: ['/admin', '/admin/tickets/*'], name: 'tickets' },
  { to: '/admin/dashboard', pages: ['/admin/dashboard'], name: 'dashboard' },
  { to: '/admin/users', pages: ['/admin/users/*'], name: 'people' },
  { to: '/admin/categories', pages: ['/admin/categories'], name: 'categories' },
  { to: '/admin/canned-replies', pages: ['/admin/canned-replies'], name: 'cannedReplies' },
] as const;

export function AdminNav() {
  const { t } = useTranslation();
  const ticketPath = useTicketPath();
  const { pathname } = useLocation();
  const isHere = (pages: readonly string[]) => pages.some((page) => matchPath(page, pathname) !== null);
  return (
    <div className={classes.bar}>
      <nav aria-label={t('console.parts.label')} className={classes.parts}>
        {PARTS.map(({ to, pages, name }) => (
          <Link key={to} to={to} className={classes.part} aria-current={isHere(pages) ? 'page' : undefined}>
            {t(`console.parts.${name}`)}
          </Link>
        ))}
      </nav>
      <Suspense fallback={null}>
        <WaitingTickets ticketPath={ticketPath} />
      </Suspense>
    </div>
  );
}
