import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { signedIn } from '@/api/sessionSlice';
import { ApiForm } from '@/components/form/ApiForm';
import { SubmitButton } from '@/components/form/SubmitButton';
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
  const api = useApiForm({
    initialValues: { email: '', name: '', password: '' },
    rules,
    submit: async (values) => void dispatch(signedIn(await register(values))),
  });

  return (
    <EntryCard
      title={t('newPassword.register.title')}
      text={t('newPassword.register.text')}
      footer={
        <>
          {t('newPassword.register.other')}
          <LinkText to="/login" underline="always">
            {t('newPassword.register.otherLink')}
          </LinkText>
        </>
      }
    >
      <ApiForm api={api}>
        <NewAccountFields request="RegisterRequest" />
        <SubmitButton api={api} fullWidth>
          {t('newPassword.register.submit')}
        </SubmitButton>
      </ApiForm>
    </EntryCard>
  );
}
