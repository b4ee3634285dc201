// Asks for a new password and says how strong it is: by a bar, and in words that belong to the field.
import { useFormikContext } from 'formik';
import { useTranslation } from 'react-i18next';
import { FormPasswordField } from '@/components/form/FormTextField';
import { countOf, type Limits } from '@/components/form/rules';
import { loadMeasure } from './strength';
import { SCORE_WORDS, StrengthBar } from './StrengthBar';
import { useStrength } from './useStrength';

interface Props {
  label: string;
  limits: Limits;
  /** What others know of the person: name, e-mail address. */
  about: string[];
}

export function NewPasswordField({ label, limits, about }: Props) {
  const { t } = useTranslation();
  const { values } = useFormikContext<{ password: string }>();
  const measured = useStrength(values.password, about);
  // Of what is too short no praise: first the rest of it.
  const strength = countOf(values.password) < limits.min ? null : measured;

  return (
    <FormPasswordField
      name="password"
      label={label}
      autoComplete="new-password"
      required
      onFocus={() => void loadMeasure().catch(() => undefined)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputContainer={(input) => (
        <>
          {input}
          {strength && <StrengthBar score={strength.score} />}
        </>
      )}
      description={
        <span aria-live="polite">
          {strength ? (
            <>
              <b>{t(`newPassword.score.${SCORE_WORDS[strength.score]}`)}.</b>{' '}
              {strength.advice && t(`newPassword.advice.${strength.advice}`)}
            </>
          ) : (
            t('newPassword.hint', { count: limits.min })
          )}
        </span>
      }
    />
  );
}
