// The customer for whom a ticket is opened.
import { useField } from 'formik';
import { useTranslation } from 'react-i18next';
import { CustomerSelect } from '@/features/tickets/staff/CustomerSelect';

interface Props {
  name: string;
}

export function CustomerField({ name }: Props) {
  const { t } = useTranslation();
  const [{ value }, { touched, error }, { setValue, setTouched }] = useField<string>(name);
  return (
    <CustomerSelect
      name={name}
      label={t('consoleTools.create.customer')}
      description={t('consoleTools.create.customerHint')}
      required
      value={value}
      onChoose={(next) => void setValue(next)}
      onBlur={() => void setTouched(true, false)}
      error={touched && error ? error : undefined}
      comboboxProps={{ withinPortal: false, shadow: 'md' }}
    />
  );
}
