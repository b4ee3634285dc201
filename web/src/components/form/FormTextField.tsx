// Mantine's text inputs, tied to Formik.
import { PasswordInput, type PasswordInputProps, TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormInput } from './useFormInput';

export function FormTextField(props: TextInputProps & { name: string }) {
  const { input, error } = useFormInput(props.name);
  return <TextInput {...props} {...input} error={error} />;
}

export function FormPasswordField(props: PasswordInputProps & { name: string }) {
  const { t } = useTranslation();
  const { input, error } = useFormInput(props.name);
  return (
    <PasswordInput
      {...props}
      {...input}
      error={error}
      // Mantine sets this on its other inputs by itself.
      aria-invalid={error ? true : undefined}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': t('shell.showPassword') }}
    />
  );
}
