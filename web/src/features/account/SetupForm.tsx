// The first admin, made with the one-time link that the server printed.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { type Failure, isFailure } from '@/api/failure';
import { signedIn } from '@/api/sessionSlice';
import { ApiForm } from '@/components/form/ApiForm';
import { SubmitButton } from '@/components/form/SubmitButton';
import { useApiForm } from '@/components/form/useApiForm';
import { LinkButton } from '@/components/LinkButton';
import { EntryCard } from './EntryCard';
import { NewAccountFields } from './NewAccountFields';
import { setUp } from './requests';
import { newAccountRules } from './rules';

const rules = newAccountRules('SetupRequest');

export function SetupForm({ token }: { token: string | null }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const api = useApiForm({
    initialValues: { email: '', name: '', password: '' },
    rules,
    submit: async (values) => void dispatch(signedIn(await setUp({ token: token ?? '', ...values }))),
    explain: (failed) => (isBadToken(failed) ? t('newPassword.setup.badToken') : null),
  });

  if (token === null) {
    return (
      <EntryCard title={t('newPassword.setup.title')}>
        <Text mb="md">{t('newPassword.setup.noToken')}</Text>
        <LinkButton to="/login" variant="default">
          {t('newPassword.setup.login')}
        </LinkButton>
      </EntryCard>
    );
  }

  return (
    <EntryCard title={t('newPassword.setup.title')} text={t('newPassword.setup.text')}>
      <ApiForm api={api}>
        <NewAccountFields request="SetupRequest" />
        <SubmitButton api={api} fullWidth>
          {t('newPassword.setup.submit')}
        </SubmitButton>
      </ApiForm>
    </EntryCard>
  );
}

/** The token is the only thing here that can be forbidden, missing or not let in. */
function isBadToken(failed: unknown): boolean {
  const codes: Failure['code'][] = ['unauthenticated', 'forbidden', 'not_found', 'invalid_credentials'];
  if (!isFailure(failed)) return false;
  return codes.includes(failed.code) || failed.fields.some(({ field }) => field === 'token');
}
