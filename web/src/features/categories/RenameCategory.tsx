// Another name for a category, typed where the name stands.
import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Category } from '@/api/types';
import { ApiForm } from '@/components/form/ApiForm';
import { FormTextField } from '@/components/form/FormTextField';
import { SubmitButton } from '@/components/form/SubmitButton';
import { useApiForm } from '@/components/form/useApiForm';
import { useUpdateCategoryMutation } from './categoriesApi';
import { renameRules } from './rules';

interface Props {
  category: Category;
  /** With the new name, or null when it stays. */
  onEnd: (name: string | null) => void;
}

export function RenameCategory({ category: { id, name }, onEnd }: Props) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [updateCategory] = useUpdateCategoryMutation();
  useEffect(() => field.current?.select(), []);
  const api = useApiForm({
    initialValues: { name },
    rules: renameRules,
    submit: async (values) => {
      const newName = values.name.trim();
      if (newName === name) return onEnd(null);
      await updateCategory({ id, request: { name: newName } }).unwrap();
      onEnd(newName);
    },
  });
  return (
    <div style={{ flex: 1 }}>
      <ApiForm api={api} label={t('catalogue.categories.rename', { name })}>
        <Group gap="xs" align="flex-start">
          <FormTextField
            ref={field}
            name="name"
            aria-label={t('catalogue.categories.name')}
            flex="1 1 12rem"
            onKeyDown={(event) => {
              if (event.key === 'Escape') onEnd(null);
            }}
          />
          <SubmitButton api={api}>{t('catalogue.save')}</SubmitButton>
          <Button variant="default" onClick={() => onEnd(null)}>
            {t('catalogue.cancel')}
          </Button>
        </Group>
      </ApiForm>
    </div>
  );
}
