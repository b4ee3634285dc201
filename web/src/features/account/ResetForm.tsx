// Another password, with the one-time link that an admin has made.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { useNavigate } from 'react-router';
import { isFailure } from '@/api/failure';
import { signedOut } from '@/api/sessionSlice';
import { ApiForm } from '@/components/form/ApiForm';
import { limitsOf } from '@/components/form/rules';
import { SubmitButton } from '@/components/form/SubmitButton';
import { useApiForm } from '@/components/form/useApiForm';
import { LinkButton } from '@/components/LinkButton';
import { EntryCard } from './EntryCard';
import { NewPasswordField } from './newPassword/NewPasswordField';
import { resetPassword } from './requests';
import { resetRules } from './rules';

/** What the sign-in page is told. */
export interface AfterReset {
  isReset?: boolean;
}

export function ResetForm({ token }: { token: string | null }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const navigate = useNavigate();
  const api = useApiForm({
    initialValues: { password: '' },
    rules: resetRules,
    submit: async ({ password }) => {
      await resetPassword({ token: token ?? '', password });
      dispatch(signedOut());
      const state: AfterReset = { isReset: true };
      await navigate('/login', { replace: true, state });
    },
    explain: (failed) => (isBadLink(failed) ? t('newPassword.reset.expired') : null),
  });

  if (token === null) {
    return (
      <EntryCard title={t('newPassword.reset.title')}>
        <Text mb="md">{t('newPassword.reset.noToken')}</Text>
        <LinkButton to="/login" variant="default">
          {t('newPassword.reset.login')}
        </LinkButton>
      </EntryCard>
    );
  }

  return (
    <EntryCard title={t('newPassword.reset.title')} text={t('newPassword.reset.text')}>
      <ApiForm api={api}>
        <NewPasswordField label={t('newPassword.label')} limits={limitsOf('ResetPasswordRequest', 'password')} about={[]} />
        <SubmitButton api={api} fullWidth>
          {t('newPassword.reset.submit')}
        </SubmitButton>
      </ApiForm>
    </EntryCard>
  );
}

/** A link that somebody has cut off or mistyped is no better than an old one. */
function isBadLink(failed: unknown): boolean {
  if (!isFailure(failed)) return false;
  return failed.code === 'link_expired' || failed.fields.some(({ field }) => field === 'token');
}
