// The routes; each page is a chunk of its own.
import { Center, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { ForGuests, ForRole } from './guards';
import { NotFound } from './NotFound';

const LoginPage = lazy(() => import('./pages/LoginPage'));
const RegisterPage = lazy(() => import('./pages/RegisterPage'));
const SetupPage = lazy(() => import('./pages/SetupPage'));
const CustomerShell = lazy(() => import('./pages/CustomerShell'));
const MyTicketsPage = lazy(() => import('./pages/MyTicketsPage'));
const NewTicketPage = lazy(() => import('./pages/NewTicketPage'));
const MyTicketPage = lazy(() => import('./pages/MyTicketPage'));
const ConsolePage = lazy(() => import('./pages/ConsolePage'));
const StaffTicketPage = lazy(() => import('./pages/StaffTicketPage'));

export function AppRoutes() {
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route path="/setup" element={<ForGuests children={<SetupPage />} />} />
        <Route path="/login" element={<ForGuests children={<LoginPage />} />} />
        <Route path="/register" element={<ForGuests children={<RegisterPage />} />} />
        <Route element={<ForRole only="user" children={<CustomerShell />} />}>
          <Route path="/" element={<MyTicketsPage />} />
          <Route path="/tickets/new" element={<NewTicketPage />} />
          <Route path="/tickets/:id" element={<MyTicketPage />} />
        </Route>
        <Route path="/admin" element={<ForRole only="admin" children={<ConsolePage />} />}>
          <Route path="tickets/:id" element={<StaffTicketPage />} />
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
