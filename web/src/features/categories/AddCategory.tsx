// One more category, at the end of the list.
import { Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiForm } from '@/components/form/ApiForm';
import { FormTextField } from '@/components/form/FormTextField';
import { SubmitButton } from '@/components/form/SubmitButton';
import { useApiForm } from '@/components/form/useApiForm';
import { useAddCategoryMutation } from './categoriesApi';
import { addRules } from './rules';

export function AddCategory({ onAdded }: { onAdded: (name: string) => void }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [addCategory] = useAddCategoryMutation();
  const api = useApiForm({
    initialValues: { name: '' },
    rules: addRules,
    submit: async (values) => {
      const { name } = await addCategory(values.name.trim()).unwrap();
      api.form.resetForm();
      onAdded(name);
      // Often there is more than one.
      field.current?.focus();
    },
  });
  return (
    <ApiForm api={api} label={t('catalogue.categories.add')}>
      <Group gap="xs" align="flex-start">
        <FormTextField
          ref={field}
          name="name"
          label={t('catalogue.categories.new')}
          autoComplete="off"
          flex="1 1 12rem"
          maw={420}
        />
        <SubmitButton api={api} mt={25} variant="default" leftSection={<IconPlus size={16} aria-hidden />}>
          {t('catalogue.categories.add')}
        </SubmitButton>
      </Group>
    </ApiForm>
  );
}
