// The pages of staff, below /admin. The console comes with them; the others are chunks of their own.
import { Route, Routes } from 'react-router';
import { lazily } from '@/components/lazily';
import { withTexts } from '@/config/i18n';
import { NotFound } from './NotFound';
import ConsolePage from './pages/ConsolePage';

const StaffTicketPage = lazily(
  withTexts(['tickets', 'conversation', 'console'], () => import('./pages/StaffTicketPage')),
);

const StaffNewTicketPage = lazily(withTexts(['tickets', 'consoleTools'], () => import('./pages/StaffNewTicketPage')));

const AdminPage = lazily(() => import('./pages/AdminPage'));
const DashboardPage = lazily(withTexts(['dashboard', 'tickets'], () => import('./pages/DashboardPage')));
const UsersPage = lazily(withTexts(['users'], () => import('./pages/UsersPage')));
const UserPage = lazily(withTexts(['users', 'settings'], () => import('./pages/UserPage')));
const CategoriesPage = lazily(withTexts(['catalogue'], () => import('./pages/CategoriesPage')));
const CannedRepliesPage = lazily(withTexts(['catalogue'], () => import('./pages/CannedRepliesPage')));

export default function AdminRoutes() {
  return (
    <Routes>
      <Route path="/" element={<ConsolePage />}>
        <Route path="tickets/new" element={<StaffNewTicketPage />} />
        <Route path="tickets/:id" element={<StaffTicketPage />} />
      </Route>
      <Route element={<AdminPage />}>
        <Route path="dashboard" element={<DashboardPage />} />
        <Route path="users" element={<UsersPage />} />
        <Route path="users/:id" element={<UserPage />} />
        <Route path="categories" element={<CategoriesPage />} />
        <Route path="canned-replies" element={<CannedRepliesPage />} />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
