// One account, for admins.
import { Container } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'react-router';
import { NotFound } from '@/app/NotFound';
import { ticketIdIn } from '@/app/paths';
import { BackLink } from '@/features/tickets/BackLink';
import { UserDetails } from '@/features/users/UserDetails';

export default function UserPage() {
  const { t } = useTranslation();
  const id = ticketIdIn(useParams().id);
  // As it was when a row of it led here.
  const { list = '' } = (useLocation().state ?? {}) as { list?: string };
  if (id === null) return <NotFound />;
  return (
    <Container size="sm" p={0}>
      <UserDetails key={id} id={id} back={<BackLink to={`/admin/users${list}`}>{t('users.back')}</BackLink>} />
    </Container>
  );
}
