// A switch, what it does, a way to try it, and what stands in its way.
import { Alert, Button, Group, Stack, Switch } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface Props {
  label: string;
  description: string;
  isOn: boolean;
  onSwitch: (isOn: boolean) => void;
  onTest: () => void;
  /** What the test button tests, for those who do not see what it is beside. */
  testLabel: string;
  /** It cannot work here, so there is nothing to switch or test. */
  isImpossible?: boolean;
  /** Said at once when it comes up. */
  problem?: string | null;
}

export function PreferenceRow(props: Props) {
  const { label, description, isOn, onSwitch, onTest, testLabel, isImpossible = false, problem = null } = props;
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="md">
        <Switch
          label={label}
          description={description}
          checked={isOn}
          disabled={isImpossible}
          onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
        />
        <Button variant="default" size="xs" flex="none" disabled={isImpossible} aria-label={testLabel} onClick={onTest}>
          {t('notifications.preferences.test')}
        </Button>
      </Group>
      <div role="status">
        {problem && (
          <Alert variant="light" color="yellow" icon={<IconInfoCircle aria-hidden />} role="note">
            {problem}
          </Alert>
        )}
      </div>
    </Stack>
  );
}
