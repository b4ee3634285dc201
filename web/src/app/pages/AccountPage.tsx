// One's own account: profile, password, language, notifications, devices.
import { Container, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '@/components/documentTitle';
import LanguageSelect from '@/components/LanguageSelect';
import { Devices } from '@/features/account/devices/Devices';
import { ChangePasswordForm } from '@/features/account/settings/ChangePasswordForm';
import { ProfileForm } from '@/features/account/settings/ProfileForm';
import { SettingsSection } from '@/features/account/settings/SettingsSection';
import { AlertPreferences } from '@/features/notifications/preferences/AlertPreferences';
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
          <SettingsSection title={t('settings.language.title')} text={t('settings.language.text')}>
            <LanguageSelect label={t('settings.language.label')} />
          </SettingsSection>
          <SettingsSection title={t('notifications.preferences.title')} text={t('notifications.preferences.text')}>
            <AlertPreferences />
          </SettingsSection>
          <Devices />
        </Stack>
      </Container>
    </div>
  );
}
