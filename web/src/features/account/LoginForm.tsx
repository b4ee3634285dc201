import { Alert, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useSelector } from 'react-redux';
import { useLocation } from 'react-router';
import { selectSession, signedIn } from '@/api/sessionSlice';
import { ApiForm } from '@/components/form/ApiForm';
import { FormPasswordField, FormTextField } from '@/components/form/FormTextField';
import { SubmitButton } from '@/components/form/SubmitButton';
import { useApiForm } from '@/components/form/useApiForm';
import { LinkText } from '@/components/LinkButton';
import { EntryCard } from './EntryCard';
import type { AfterReset } from './ResetForm';
import { logIn } from './requests';
import { loginRules } from './rules';

export function LoginForm() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const news = useNews();
  const api = useApiForm({
    initialValues: { email: '', password: '' },
    rules: loginRules,
    submit: async (values) => void dispatch(signedIn(await logIn(values))),
  });

  return (
    <EntryCard
      title={t('account.login.title')}
      footer={
        <>
          {t('account.login.other')}
          <LinkText to="/register" underline="always">
            {t('account.login.otherLink')}
          </LinkText>
        </>
      }
    >
      {news && (
        <Alert
          color="pine"
          variant="light"
          mb="md"
          icon={<IconAlertCircle aria-hidden />}
          role="status"
          title={t(`account.login.${news}`)}
        >
          {t(`account.login.${news}Text`)}
        </Alert>
      )}
      <ApiForm api={api}>
        <FormTextField name="email" type="email" label={t('account.email')} autoComplete="username" required />
        <FormPasswordField
          name="password"
          label={t('account.password')}
          autoComplete="current-password"
          required
        />
        <SubmitButton api={api} fullWidth>
          {t('account.login.submit')}
        </SubmitButton>
        <Text size="sm" c="dimmed" ta="center">
          <b>{t('account.login.forgotten')}</b> {t('account.login.forgottenText')}
        </Text>
      </ApiForm>
    </EntryCard>
  );
}

/** What has led here, where it was not the reader's own wish to sign in. */
function useNews(): 'ended' | 'reset' | null {
  const session = useSelector(selectSession);
  const state = useLocation().state as AfterReset | null;
  if (state?.isReset) return 'reset';
  return session.phase === 'signed_out' && session.isEnded ? 'ended' : null;
}
