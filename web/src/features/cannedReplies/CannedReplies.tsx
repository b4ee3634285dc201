// The texts that are kept for answers: found, written, shared, removed.
import { Button, Group, Paper, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { IconMessagePlus, IconMessageSearch, IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CannedReply } from '@/api/types';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { DoneNotice } from '@/components/DoneNotice';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { SearchInput } from '@/components/SearchInput';
import { useListCannedRepliesQuery, useRemoveCannedReplyMutation } from './cannedRepliesApi';
import classes from './CannedReplies.module.css';
import { ReplyEditor } from './ReplyEditor';
import { ReplyRow } from './ReplyRow';
import { matching } from './search';

/** More are shown on request. */
const STEP = 100;

export function CannedReplies() {
  const { t } = useTranslation();
  const { data, error, refetch } = useListCannedRepliesQuery(undefined, { refetchOnMountOrArgChange: true });
  const [removeReply] = useRemoveCannedReplyMutation();
  const [sought, setSought] = useState('');
  const [count, setCount] = useState(STEP);
  const [edited, edit] = useState<CannedReply | 'new' | null>(null);
  const [removed, askToRemove] = useState<CannedReply | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);

  const replies = data?.items ?? [];
  const found = matching(replies, sought);

  const remove = async () => {
    if (!removed) return null;
    const { error: failed } = await removeReply(removed.id);
    // Gone is gone, whoever did it.
    if (failed && !('code' in failed && failed.code === 'not_found')) return failed;
    askToRemove(null);
    setDone(t('catalogue.replies.removed', { name: removed.name }));
    // Its row goes, and the button with it.
    addButton.current?.focus();
    return null;
  };

  return (
    <Stack gap="md">
      {/* In one, so that regions without words take no room. */}
      <div>
        <Group align="flex-end" gap="sm" mb={done ? 'sm' : 0}>
          <SearchInput
            label={t('catalogue.replies.search')}
            value={sought}
            onType={(text) => {
              setSought(text);
              setCount(STEP);
            }}
            flex="1 1 16rem"
            maw={{ sm: 420 }}
          />
          <Button ref={addButton} leftSection={<IconPlus size={18} aria-hidden />} onClick={() => edit('new')}>
            {t('catalogue.replies.add')}
          </Button>
        </Group>
        <DoneNotice text={done} />
        <VisuallyHidden role="status">
          {sought.trim() !== '' && t('catalogue.replies.found', { count: found.length })}
        </VisuallyHidden>
      </div>
      {!data && error && (
        <FailureNotice title={t('catalogue.replies.failed')} failure={error} onRetry={() => void refetch()} />
      )}
      {!data && !error && <Skeleton height={180} radius="lg" role="status" aria-label={t('catalogue.loading')} />}
      {data && replies.length === 0 && (
        <Notice icon={IconMessagePlus} title={t('catalogue.replies.none')} text={t('catalogue.replies.noneText')} />
      )}
      {replies.length > 0 && found.length === 0 && (
        <Notice icon={IconMessageSearch} title={t('catalogue.replies.noMatch')} text={t('catalogue.replies.noMatchText')} />
      )}
      {found.length > 0 && (
        <Paper withBorder radius="lg" className={classes.frame}>
          <ul className={classes.list} aria-label={t('catalogue.replies.title')}>
            {found.slice(0, count).map((reply) => (
              <ReplyRow
                key={reply.id}
                reply={reply}
                onEdit={() => {
                  setDone(null);
                  edit(reply);
                }}
                onRemove={() => {
                  setDone(null);
                  askToRemove(reply);
                }}
              />
            ))}
          </ul>
        </Paper>
      )}
      {found.length > count && (
        <Button variant="default" onClick={() => setCount(count + STEP)} style={{ alignSelf: 'center' }}>
          {t('catalogue.replies.more')}
        </Button>
      )}
      <ReplyEditor
        edited={edited}
        onSaved={(name) => {
          edit(null);
          setDone(t('catalogue.replies.saved', { name }));
        }}
        onClose={() => edit(null)}
      />
      <ConfirmDialog
        question={
          removed && {
            title: t('catalogue.replies.removeTitle', { name: removed.name }),
            text: removed.shared ? t('catalogue.replies.removeShared') : t('catalogue.replies.removeOwn'),
            confirm: t('catalogue.replies.remove'),
            cancel: t('catalogue.cancel'),
            isGrave: true,
          }
        }
        onConfirm={remove}
        onClose={() => askToRemove(null)}
        returnFocus={done === null}
      />
    </Stack>
  );
}
