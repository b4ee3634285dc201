// What a Mantine input needs of a Formik field.
import { useField } from 'formik';

export function useFormInput(name: string) {
  const [{ value, onChange, onBlur }, { touched, error }] = useField<string>(name);
  return { input: { name, value, onChange, onBlur }, error: touched && error ? error : undefined };
}
