// A Formik form whose submission is a request: rules before it, the server's answer at the fields after it.
import { type FormikErrors, type FormikHelpers, useFormik } from 'formik';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFailure } from '@/api/failure';
import { brokenText, failureText, splitFailure } from './fieldErrors';
import type { Broken } from './rules';

interface ApiForm<Values> {
  initialValues: Values;
  rules: Partial<Record<keyof Values, (text: string) => Broken | null>>;
  /** Rejects with a Failure. */
  submit: (values: Values) => Promise<void>;
  /** Words for failures that mean something particular here. */
  explain?: (failure: unknown) => string | null;
}

export function useApiForm<Values extends Record<string, string>>({
  initialValues,
  rules,
  submit,
  explain,
}: ApiForm<Values>) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<string | null>(null);

  const validate = useCallback(
    (values: Values) => {
      const errors: Record<string, string> = {};
      for (const [field, rule] of Object.entries(rules) as [string, (text: string) => Broken | null][]) {
        const broken = rule(values[field] ?? '');
        if (broken) errors[field] = brokenText(t, broken);
      }
      return errors as FormikErrors<Values>;
    },
    [rules, t],
  );

  const onSubmit = async (values: Values, { setErrors }: FormikHelpers<Values>) => {
    setFailure(null);
    try {
      await submit(values);
    } catch (error) {
      const explained = explain?.(error);
      if (explained || !isFailure(error)) return setFailure(explained ?? failureText(t, error));
      const { atFields, general } = splitFailure(t, error, Object.keys(values));
      setErrors(atFields as FormikErrors<Values>);
      setFailure(general);
    }
  };

  const form = useFormik<Values>({ initialValues, validate, validateOnBlur: false, onSubmit });
  return { form, failure };
}
