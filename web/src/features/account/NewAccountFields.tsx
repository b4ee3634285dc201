// What sign-up and set-up ask for.
import { useFormikContext } from 'formik';
import { useTranslation } from 'react-i18next';
import { FormTextField } from '@/components/form/FormTextField';
import { limitsOf } from '@/components/form/rules';
import { NewPasswordField } from './newPassword/NewPasswordField';

export function NewAccountFields({ request }: { request: 'RegisterRequest' | 'SetupRequest' }) {
  const { t } = useTranslation();
  const { values } = useFormikContext<{ email: string; name: string }>();
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
      <NewPasswordField
        label={t('account.password')}
        limits={limitsOf(request, 'password')}
        about={[values.email, values.name]}
      />
    </>
  );
}
