// Everybody with an account, for admins.
import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '@/components/documentTitle';
import { People } from '@/features/users/People';

export default function UsersPage() {
  const { t } = useTranslation();
  useDocumentTitle(t('users.title'));
  return (
    <Stack gap="md">
      <Title order={1}>{t('users.title')}</Title>
      <People />
    </Stack>
  );
}
