// The name that others see.
import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { signedIn } from '@/api/sessionSlice';
import { useUser } from '@/api/useUser';
import { DoneNotice } from '@/components/DoneNotice';
import { ApiForm } from '@/components/form/ApiForm';
import { FormTextField } from '@/components/form/FormTextField';
import { SubmitButton } from '@/components/form/SubmitButton';
import { useApiForm } from '@/components/form/useApiForm';
import { Section } from '@/components/Section';
import { useUpdateMeMutation } from '@/features/account/accountApi';
import { profileRules } from '@/features/account/rules';

export function ProfileForm() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const user = useUser();
  const [updateMe] = useUpdateMeMutation();
  const [savedName, setSavedName] = useState<string | null>(null);
  const api = useApiForm({
    initialValues: { name: user.name },
    rules: profileRules,
    submit: async ({ name }) => {
      setSavedName(null);
      const changed = await updateMe({ name: name.trim() }).unwrap();
      dispatch(signedIn(changed));
      setSavedName(name);
    },
  });
  const isSaved = api.form.values.name === savedName;

  return (
    <Section title={t('settings.profile.title')}>
      <Text size="sm" mb="md">
        <Text span c="dimmed" inherit>
          {t('account.email')}
        </Text>
        <br />
        {user.email}
      </Text>
      <ApiForm api={api} label={t('settings.profile.title')}>
        <FormTextField
          name="name"
          label={t('account.name')}
          description={t('account.nameHint')}
          autoComplete="name"
          required
        />
        <Group gap="md">
          <SubmitButton api={api}>{t('settings.profile.save')}</SubmitButton>
          <DoneNotice text={isSaved ? t('settings.profile.saved') : null} />
        </Group>
      </ApiForm>
    </Section>
  );
}
