import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { signedIn } from '@/api/sessionSlice';
import { ApiForm } from '@/components/form/ApiForm';
import { useApiForm } from '@/components/form/useApiForm';
import { LinkText } from '@/components/LinkButton';
import { EntryCard } from './EntryCard';
import { NewAccountFields } from './NewAccountFields';
import { register } from './requests';
import { newAccountRules } from './rules';

const rules = newAccountRules('RegisterRequest');

export function RegisterForm() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const { form, failure } = useApiForm({
    initialValues: { email: '', name: '', password: '' },
    rules,
    submit: async (values) => void dispatch(signedIn(await register(values))),
  });

  return (
    <EntryCard
      title={t('account.register.title')}
      text={t('account.register.text')}
      footer={
        <>
          {t('account.register.other')}
          <LinkText to="/login" underline="always">
            {t('account.register.otherLink')}
          </LinkText>
        </>
      }
    >
      <ApiForm form={form} failure={failure}>
        <NewAccountFields request="RegisterRequest" />
        <Button type="submit" loading={form.isSubmitting} fullWidth>
          {t('account.register.submit')}
        </Button>
      </ApiForm>
    </EntryCard>
  );
}
