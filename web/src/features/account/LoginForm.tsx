import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { signedIn } from '@/api/sessionSlice';
import { ApiForm } from '@/components/form/ApiForm';
import { FormPasswordField, FormTextField } from '@/components/form/FormTextField';
import { useApiForm } from '@/components/form/useApiForm';
import { LinkText } from '@/components/LinkButton';
import { EntryCard } from './EntryCard';
import { logIn } from './requests';
import { loginRules } from './rules';

export function LoginForm() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const { form, failure } = useApiForm({
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
      <ApiForm form={form} failure={failure}>
        <FormTextField name="email" type="email" label={t('account.email')} autoComplete="username" required />
        <FormPasswordField
          name="password"
          label={t('account.password')}
          autoComplete="current-password"
          required
        />
        <Button type="submit" loading={form.isSubmitting} fullWidth>
          {t('account.login.submit')}
        </Button>
      </ApiForm>
    </EntryCard>
  );
}
