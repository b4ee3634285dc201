// The parts of the admin's side, one beside the other, and the new tickets that wait for somebody.
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useUser } from '@/api/useUser';
import { lazily } from '@/components/lazily';
import { withTexts } from '@/config/i18n';
import { ticketPathOf } from './paths';
import classes from './AdminNav.module.css';

const WaitingTickets = lazily(withTexts(['ticketAlerts'], () => import('@/features/ticketAlerts/WaitingTickets')));

const PARTS = [
  { to: '/admin', name: 'tickets' },
  { to: '/admin/dashboard', name: 'dashboard' },
  { to: '/admin/users', name: 'people' },
  { to: '/admin/categories', name: 'categories' },
  { to: '/admin/canned-replies', name: 'cannedReplies' },
] as const;

export function AdminNav() {
  const { t } = useTranslation();
  const ticketPath = ticketPathOf(useUser());
  return (
    <div className={classes.bar}>
      <nav aria-label={t('console.parts.label')} className={classes.parts}>
        {PARTS.map(({ to, name }) => (
          // A ticket and an account are pages within their part; the other parts are not within that of the tickets.
          <NavLink key={to} to={to} end={name === 'tickets'} className={classes.part}>
            {t(`console.parts.${name}`)}
          </NavLink>
        ))}
      </nav>
      <Suspense fallback={null}>
        <WaitingTickets ticketPath={ticketPath} />
      </Suspense>
    </div>
  );
}
