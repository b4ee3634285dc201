// Which days the figures are of. The choice is in the address.
import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { addressOf, faultOf, MOST_DAYS, type Period, periodOf, PRESETS, rangeIn } from './period';
import { useToday } from './useToday';

const OWN = 'own';

export function PeriodPicker() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const range = rangeIn(address);
  const period = periodOf(range, useToday());
  const isOwn = typeof range !== 'string';
  const choose = (choice: string) => {
    const preset = PRESETS.find((one) => one === choice);
    // One's own begins with the days that are shown.
    setAddress(addressOf(preset ?? period), { replace: true });
  };
  return (
    <Group align="end" gap="sm">
      <NativeSelect
        label={t('dashboard.range')}
        value={isOwn ? OWN : range}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={[...PRESETS, OWN].map((value) => ({ value, label: t(`dashboard.ranges.${value as typeof OWN}`) }))}
      />
      {isOwn && (
        <OwnPeriod
          key={`${period.from} ${period.to}`}
          shown={period}
          onShow={(own) => setAddress(addressOf(own), { replace: true })}
        />
      )}
    </Group>
  );
}

interface Props {
  shown: Period;
  onShow: (period: Period) => void;
}

function OwnPeriod({ shown, onShow }: Props) {
  const { t } = useTranslation();
  const [period, setPeriod] = useState(shown);
  const [fault, setFault] = useState<ReturnType<typeof faultOf>>(null);
  const faultId = useId();
  const show = (event: FormEvent) => {
    event.preventDefault();
    const found = faultOf(period);
    setFault(found);
    if (found === null) onShow(period);
  };
  const field = (end: keyof Period) => (
    <TextInput
      type="date"
      label={t(`dashboard.own.${end}`)}
      value={period[end]}
      onChange={({ currentTarget: { value } }) => setPeriod((before) => ({ ...before, [end]: value }))}
      error={fault !== null}
      aria-describedby={fault === null ? undefined : faultId}
    />
  );
  return (
    <form onSubmit={show} noValidate>
      <Group align="end" gap="sm">
        {field('from')}
        {field('to')}
        <Button type="submit" variant="default">
          {t('dashboard.own.show')}
        </Button>
      </Group>
      <Text id={faultId} size="sm" c="var(--mantine-color-error)" role="alert">
        {fault && t(`dashboard.own.${fault}`, { days: MOST_DAYS })}
      </Text>
    </form>
  );
}
