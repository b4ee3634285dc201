// A Formik form whose submission is a request: rules before it, the server's answer at the fields after it.
import { type FormikErrors, type FormikHelpers, useFormik } from 'formik';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFailure } from '@/api/failure';
import { brokenText, failureText, splitFailure } from './fieldErrors';
import type { Broken } from './rules';
import { useWait } from './useWait';

interface Options<Values> {
  initialValues: Values;
  rules: Partial<Record<keyof Values, (text: string) => Broken | null>>;
  /** Rejects with a Failure. */
  submit: (values: Values) => Promise<void>;
  /** Words for failures that mean something particular here. */
  explain?: (failure: unknown) => string | null;
}

export type ApiFormState<Values> = ReturnType<typeof useApiForm<Values & Record<string, string>>>;

export function useApiForm<Values extends Record<string, string>>({
  initialValues,
  rules,
  submit,
  explain,
}: Options<Values>) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<string | null>(null);
  const waits = useWait();
  const shownValues = useRef(initialValues);

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

  const onSubmit = async (values: Values, helpers: FormikHelpers<Values>) => {
    // The button says so too, but the Enter key does not ask it.
    if (waits.of(values)?.isOn) return waits.remind();
    setFailure(null);
    waits.forget();
    try {
      await submit(values);
    } catch (error) {
      const explained = explain?.(error);
      if (explained || !isFailure(error)) return setFailure(explained ?? failureText(t, error));
      // What was typed while the answer was on its way need not wait: then the failure is only said.
      if (error.code === 'rate_limited' && error.retryAfterSeconds !== null && values === shownValues.current) {
        return waits.start(values, error.retryAfterSeconds);
      }
      const { atFields, general } = splitFailure(t, error, Object.keys(values));
      helpers.setErrors(atFields as FormikErrors<Values>);
      setFailure(general);
    }
  };

  const form = useFormik<Values>({ initialValues, validate, validateOnBlur: false, onSubmit });
  useEffect(() => {
    shownValues.current = form.values;
  }, [form.values]);
  return { form, failure, wait: waits.of(form.values) };
}
