// One's own account: profile, password, devices.
import { Container, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '@/components/documentTitle';
import { Devices } from '@/features/account/devices/Devices';
import { ChangePasswordForm } from '@/features/account/settings/ChangePasswordForm';
import { ProfileForm } from '@/features/account/settings/ProfileForm';
import classes from './Page.module.css';

export default function AccountPage() {
  const { t } = useTranslation();
  useDocumentTitle(t('settings.title'));
  return (
    <div className={classes.scrolls}>
      <Container size="sm" py="lg">
        <Stack gap="lg">
          <Title order={1}>{t('settings.title')}</Title>
          <ProfileForm />
          <ChangePasswordForm />
          <Devices />
        </Stack>
      </Container>
    </div>
  );
}
