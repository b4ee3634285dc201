// A Formik form whose submission is a request: rules before it, the server's answer at the fields after it.
import { type FormikErrors, type FormikHelpers, useFormik } from 'formik';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFailure } from '@/api/failure';
import { brokenText, failureText, splitFailure } from './fieldErrors';
import type { Broken } from './rules';
import { useWait } from './useWait';

interface Options<Values> {
  initialValues: Values;
  rules: Partial<Record<keyof Values, (text: string) => Broken | null>>;
  /** What takes time to find out: asked once the rules hold, before anything is sent. */
  examine?: (values: Values) => Promise<Partial<Record<keyof Values, Broken>>>;
  /** Rejects with a Failure. */
  submit: (values: Values) => Promise<void>;
  /** Words for failures that mean something particular here. */
  explain?: (failure: unknown) => string | null;
}

export type ApiFormState<Values> = ReturnType<typeof useApiForm<Values & Record<string, string>>>;

export function useApiForm<Values extends Record<string, string>>({
  initialValues,
  rules,
  examine,
  submit,
  explain,
}: Options<Values>) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<string | null>(null);
  const wait = useWait();

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

  const send = async (values: Values, { setErrors }: FormikHelpers<Values>) => {
    const found = Object.entries((await examine?.(values)) ?? {}) as [string, Broken][];
    if (found.length === 0) return submit(values);
    const errors = Object.fromEntries(found.map(([field, broken]) => [field, brokenText(t, broken)]));
    return setErrors(errors as FormikErrors<Values>);
  };

  const onSubmit = async (values: Values, helpers: FormikHelpers<Values>) => {
    // The button says so too, but the Enter key does not ask it.
    if (wait.isOn) return;
    setFailure(null);
    wait.forget();
    try {
      await send(values, helpers);
    } catch (error) {
      const explained = explain?.(error);
      if (explained || !isFailure(error)) return setFailure(explained ?? failureText(t, error));
      if (error.code === 'rate_limited' && error.retryAfterSeconds !== null) return wait.start(error.retryAfterSeconds);
      const { atFields, general } = splitFailure(t, error, Object.keys(values));
      helpers.setErrors(atFields as FormikErrors<Values>);
      setFailure(general);
    }
  };

  const form = useFormik<Values>({ initialValues, validate, validateOnBlur: false, onSubmit });
  return { form, failure, wait };
}
