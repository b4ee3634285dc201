// Writes a canned reply, with the placeholders at hand and a look at what becomes of them.
import { Button, Group, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CannedReply } from '@/api/types';
import { Dialog } from '@/components/Dialog';
import { ApiForm } from '@/components/form/ApiForm';
import { FormTextField } from '@/components/form/FormTextField';
import { SubmitButton } from '@/components/form/SubmitButton';
import { useApiForm } from '@/components/form/useApiForm';
import { useAddCannedReplyMutation, useUpdateCannedReplyMutation } from './cannedRepliesApi';
import { Preview } from './Preview';
import { ReplyBodyField } from './ReplyBodyField';
import { replyRules } from './rules';

interface Props {
  /** Null: nothing is edited. */
  edited: CannedReply | 'new' | null;
  onSaved: (name: string) => void;
  onClose: () => void;
}

export function ReplyEditor({ edited, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  const [isTouched, setTouched] = useState(false);
  // What is going away keeps its words meanwhile.
  const [latest, setLatest] = useState(edited);
  if (edited !== null && edited !== latest) setLatest(edited);
  const isNew = latest === 'new';
  return (
    <Dialog
      opened={edited !== null}
      onClose={onClose}
      title={isNew ? t('catalogue.replies.add') : t('catalogue.replies.editTitle')}
      size="lg"
      // What was written goes only with a button that says so.
      closeOnClickOutside={!isTouched}
      closeOnEscape={!isTouched}
    >
      {latest && (
        <Editor reply={latest === 'new' ? null : latest} onTouched={setTouched} onSaved={onSaved} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface EditorProps extends Omit<Props, 'edited'> {
  reply: CannedReply | null;
  onTouched: (isTouched: boolean) => void;
}

function Editor({ reply, onTouched, onSaved, onClose }: EditorProps) {
  const { t } = useTranslation();
  const [addReply] = useAddCannedReplyMutation();
  const [updateReply] = useUpdateCannedReplyMutation();
  const api = useApiForm({
    initialValues: { name: reply?.name ?? '', body: reply?.body ?? '', shared: reply?.shared ? 'yes' : 'no' },
    rules: replyRules,
    submit: async (values) => {
      const request = { name: values.name.trim(), body: values.body, shared: values.shared === 'yes' };
      const saved = await (reply ? updateReply({ id: reply.id, request }) : addReply(request)).unwrap();
      onSaved(saved.name);
    },
  });
  const { values, dirty, setFieldValue } = api.form;
  useEffect(() => {
    onTouched(dirty);
    return () => onTouched(false);
  }, [dirty, onTouched]);
  const isShared = values.shared === 'yes';
  const isTaken = reply?.shared === true && !isShared;

  return (
    <ApiForm api={api}>
      <FormTextField
        name="name"
        label={t('catalogue.replies.name')}
        description={t('catalogue.replies.nameHint')}
        autoComplete="off"
        required
        data-autofocus
      />
      <ReplyBodyField text={values.body} onText={(text) => void setFieldValue('body', text)} />
      <Preview text={values.body} />
      <Switch
        checked={isShared}
        onChange={({ currentTarget }) => void setFieldValue('shared', currentTarget.checked ? 'yes' : 'no')}
        label={t('catalogue.replies.share')}
        description={isTaken ? t('catalogue.replies.takeHint') : t('catalogue.replies.shareHint')}
        error={api.form.errors.shared}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('catalogue.cancel')}
        </Button>
        <SubmitButton api={api}>{t('catalogue.save')}</SubmitButton>
      </Group>
    </ApiForm>
  );
}
