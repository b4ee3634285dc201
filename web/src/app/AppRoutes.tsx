// The routes; each page is a chunk of its own.
import { Center, Loader } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { lazily } from '@/components/lazily';
import { withTexts } from '@/config/i18n';
import type { TextGroup } from '@/config/strings/texts';
import { ForGuests, ForRole, ForSignedIn } from './guards';
import { NotFound } from './NotFound';
import { ACCOUNT_PATH, NOTIFICATIONS_PATH } from './paths';

const ENTRY: TextGroup[] = ['account', 'newPassword'];
const ACCOUNT: TextGroup[] = [...ENTRY, 'settings', 'notifications', 'shortcuts'];
const PORTAL: TextGroup[] = ['tickets', 'conversation'];

const LoginPage = lazily(withTexts(['account'], () => import('./pages/LoginPage')));
const RegisterPage = lazily(withTexts(ENTRY, () => import('./pages/RegisterPage')));
const SetupPage = lazily(withTexts(ENTRY, () => import('./pages/SetupPage')));
const ResetPage = lazily(withTexts(ENTRY, () => import('./pages/ResetPage')));
const AccountPage = lazily(withTexts(ACCOUNT, () => import('./pages/AccountPage')));
const NotificationsPage = lazily(withTexts(['notifications'], () => import('./pages/NotificationsPage')));
const MyTicketsPage = lazily(withTexts(['tickets'], () => import('./pages/MyTicketsPage')));
const NewTicketPage = lazily(withTexts(['tickets'], () => import('./pages/NewTicketPage')));
const MyTicketPage = lazily(withTexts(PORTAL, () => import('./pages/MyTicketPage')));

const importConsole = withTexts(['console', 'tickets'], () => import('./AdminRoutes'));
const AdminRoutes = lazily(importConsole);

const SignedInShell = lazily(() => {
  // Staff's first page loads beside the shell, not after it.
  if (window.location.pathname.startsWith('/admin')) importConsole().catch(() => undefined);
  return import('./pages/SignedInShell');
});

export function AppRoutes() {
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route path="/setup" element={<ForGuests children={<SetupPage />} />} />
        <Route path="/login" element={<ForGuests children={<LoginPage />} />} />
        <Route path="/register" element={<ForGuests children={<RegisterPage />} />} />
        {/* For those who are signed in, too: whoever has the link has forgotten the password. */}
        <Route path="/reset" element={<ResetPage />} />
        <Route element={<ForSignedIn children={<SignedInShell />} />}>
          <Route path={ACCOUNT_PATH} element={<AccountPage />} />
          <Route path={NOTIFICATIONS_PATH} element={<NotificationsPage />} />
          <Route element={<ForRole only="user" />}>
            <Route path="/" element={<MyTicketsPage />} />
            <Route path="/tickets/new" element={<NewTicketPage />} />
            <Route path="/tickets/:id" element={<MyTicketPage />} />
          </Route>
          <Route element={<ForRole only="admin" />}>
            <Route path="/admin/*" element={<AdminRoutes />} />
          </Route>
        </Route>
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="100dvh">
      <Loader aria-label={t('shell.loading')} />
    </Center>
  );
}
