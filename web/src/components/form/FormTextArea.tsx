// Mantine's text area, tied to Formik.
import { Textarea, type TextareaProps } from '@mantine/core';
import type { Ref } from 'react';
import { useFormInput } from './useFormInput';

export function FormTextArea(props: TextareaProps & { name: string; ref?: Ref<HTMLTextAreaElement> }) {
  const { input, error } = useFormInput(props.name);
  return <Textarea {...props} {...input} error={error} />;
}
