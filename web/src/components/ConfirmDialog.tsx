// A question before something that is not done lightly. It stays until it is done, and says why it was not.
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BusyButton } from './BusyButton';
import { Dialog } from './Dialog';
import { failureText } from './form/fieldErrors';
import classes from './ConfirmDialog.module.css';

export interface Question {
  title: string;
  text: string;
  /** What whoever answers should know about themselves. */
  warning?: string | null;
  confirm: string;
  cancel: string;
  /** Something is lost by it. */
  isGrave?: boolean;
}

interface Props {
  /** Null: nothing is asked. */
  question: Question | null;
  /** Resolves with why it failed, if it did. */
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  returnFocus?: boolean;
}

export function ConfirmDialog({ question, onConfirm, onClose, returnFocus = true }: Props) {
  // What is going away keeps its words meanwhile.
  const [latest, setLatest] = useState(question);
  if (question !== null && question !== latest) setLatest(question);
  return (
    <Dialog opened={question !== null} onClose={onClose} title={latest?.title} returnFocus={returnFocus}>
      {latest && <Body question={latest} onConfirm={onConfirm} onClose={onClose} />}
    </Dialog>
  );
}

function Body({ question, onConfirm, onClose }: Omit<Props, 'question'> & { question: Question }) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  const confirm = async () => {
    setBusy(true);
    setFailure(null);
    setFailure((await onConfirm()) ?? null);
    setBusy(false);
  };

  return (
    <Stack gap="md">
      <Text>{question.text}</Text>
      {question.warning && (
        <Alert icon={<IconAlertTriangle aria-hidden />} classNames={{ root: classes.warning, icon: classes.word }} role="note">
          <span className={classes.word}>{question.warning}</span>
        </Alert>
      )}
      {failure !== null && (
        <Alert color="red" variant="light" icon={<IconAlertCircle aria-hidden />} role="alert">
          {failureText(t, failure)}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {question.cancel}
        </Button>
        <BusyButton isBusy={isBusy} color={question.isGrave ? 'red.8' : undefined} onClick={() => void confirm()}>
          {question.confirm}
        </BusyButton>
      </Group>
    </Stack>
  );
}
