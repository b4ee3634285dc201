// One's own account: profile, password, language, notifications, devices.
import { Container, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useUser } from '@/api/useUser';
import { DEVICES_PATH } from '@/app/paths';
import { useDocumentTitle } from '@/components/documentTitle';
import LanguageSelect from '@/components/LanguageSelect';
import { Section } from '@/components/Section';
import { Devices } from '@/features/account/devices/Devices';
import { ChangePasswordForm } from '@/features/account/settings/ChangePasswordForm';
import { ProfileForm } from '@/features/account/settings/ProfileForm';
import { AlertPreferences } from '@/features/notifications/preferences/AlertPreferences';
import { ShortcutPreference } from '@/features/shortcuts/ShortcutPreference';
import classes from './Page.module.css';

export default function AccountPage() {
  const { t } = useTranslation();
  const { pathname, hash, key } = useLocation();
  const isStaff = useUser().role === 'admin';
  useDocumentTitle(t('settings.title'));
  return (
    <div className={classes.scrolls}>
      <Container size="sm" py="lg">
        <Stack gap="lg">
          <Title order={1}>{t('settings.title')}</Title>
          <ProfileForm />
          <ChangePasswordForm />
          <Section title={t('settings.language.title')} text={t('settings.language.text')}>
            <LanguageSelect label={t('settings.language.label')} />
          </Section>
          <Section title={t('notifications.preferences.title')} text={t('notifications.preferences.text')}>
            <AlertPreferences />
          </Section>
          {isStaff && <ShortcutPreference />}
          {/* Each time anew when a link leads there. */}
          <Devices wantedBy={pathname + hash === DEVICES_PATH ? key : null} />
        </Stack>
      </Container>
    </div>
  );
}
