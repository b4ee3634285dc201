// Another password. The server signs all other devices out.
import { Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '@/api/useUser';
import { DoneNotice } from '@/components/DoneNotice';
import { ApiForm } from '@/components/form/ApiForm';
import { FormPasswordField } from '@/components/form/FormTextField';
import { limitsOf } from '@/components/form/rules';
import { SubmitButton } from '@/components/form/SubmitButton';
import { useApiForm } from '@/components/form/useApiForm';
import { Section } from '@/components/Section';
import { useChangePasswordMutation } from '@/features/account/accountApi';
import { NewPasswordField } from '@/features/account/newPassword/NewPasswordField';
import { changePasswordRules } from '@/features/account/rules';

const EMPTY = { current_password: '', password: '' };

export function ChangePasswordForm() {
  const { t } = useTranslation();
  const { email, name } = useUser();
  const [changePassword] = useChangePasswordMutation();
  const [isChanged, setChanged] = useState(false);
  const api = useApiForm({
    initialValues: EMPTY,
    rules: changePasswordRules,
    submit: async (values) => {
      setChanged(false);
      await changePassword(values).unwrap();
      api.form.resetForm();
      setChanged(true);
    },
  });
  const isUntouched = Object.values(api.form.values).every((value) => value === '');

  return (
    <Section title={t('settings.password.title')}>
      <ApiForm api={api} label={t('settings.password.title')}>
        {/* For password managers, so that they know whose password this is. */}
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
        <FormPasswordField
          name="current_password"
          label={t('settings.password.current')}
          autoComplete="current-password"
          required
        />
        <NewPasswordField label={t('newPassword.label')} limits={limitsOf('ChangePasswordRequest', 'password')} about={[email, name]} />
        <Group gap="md">
          <SubmitButton api={api}>{t('settings.password.submit')}</SubmitButton>
          <DoneNotice text={isChanged && isUntouched ? t('settings.password.changed') : null} />
        </Group>
      </ApiForm>
    </Section>
  );
}
