// What sign-up and set-up ask for.
import { useTranslation } from 'react-i18next';
import { FormPasswordField, FormTextField } from '@/components/form/FormTextField';
import { limitsOf } from '@/components/form/rules';

export function NewAccountFields({ request }: { request: 'RegisterRequest' | 'SetupRequest' }) {
  const { t } = useTranslation();
  return (
    <>
      <FormTextField name="email" type="email" label={t('account.email')} autoComplete="username" required />
      <FormTextField
        name="name"
        label={t('account.name')}
        description={t('account.nameHint')}
        autoComplete="name"
        required
      />
      <FormPasswordField
        name="password"
        label={t('account.password')}
        description={t('account.newPasswordHint', { count: limitsOf(request, 'password').min })}
        autoComplete="new-password"
        required
      />
    </>
  );
}
