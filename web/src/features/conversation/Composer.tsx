// Where one writes. What is written survives a reload; Ctrl or Cmd with Enter sends it.
import { Button, Group, SegmentedControl, Text, Textarea } from '@mantine/core';
import { IconNote, IconSend2 } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import type { MessageKind } from '@/api/types';
import { useUser } from '@/api/useUser';
import { brokenText } from '@/components/form/fieldErrors';
import { checkBody, countOf, limitsOf } from '@/components/form/rules';
import { useInsertion } from '@/components/useInsertion';
import { useSocket } from '@/realtime/SocketProvider';
import classes from './Composer.module.css';
import type { TakenBack } from './drafts';
import { messageWritten } from './outbox';
import { useDrafts } from './useDrafts';

/** Typing is told at most this often. */
const TYPING_EVERY_MS = 3_000;
/** From here on the characters that are left are counted. */
const COUNTED_FROM = 500;

const LIMITS = limitsOf('SendMessageRequest', 'body');
const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

export interface ComposerHandle {
  /** Puts a text back to where it was written, below what has been written since. */
  takeBack: (taken: TakenBack) => void;
}

export interface ComposerProps {
  ticketId: number;
  /** A reply is refused when others have written after this. Null: it goes out anyhow. */
  seenSeq: number | null;
  canNote: boolean;
  onlyNotes: boolean;
  /** What helps with writing: it can put a text where the cursor is. */
  aid?: (insert: (piece: string) => void) => ReactNode;
  ref?: Ref<ComposerHandle>;
}

export function Composer({ ticketId, seenSeq, canNote, onlyNotes, aid, ref }: ComposerProps) {
  const { t } = useTranslation();
  const user = useUser();
  const dispatch = useDispatch();
  const tellTyping = useTyping();
  const only = onlyNotes ? 'note' : canNote ? null : 'message';
  const { kind, text, choose, write, takeBack } = useDrafts(user.id, ticketId, only);
  const input = useRef<HTMLTextAreaElement>(null);
  const left = LIMITS.max - countOf(text);
  const broken = checkBody(text, LIMITS);

  const type = (next: string) => {
    write(next);
    if (next !== '' && kind === 'message') tellTyping();
  };

  const insert = useInsertion(input, text, type);

  const send = () => {
    if (broken) return;
    dispatch(messageWritten({ ticketId, kind, body: text, seenSeq: kind === 'message' ? seenSeq : null }));
    write('');
    input.current?.focus();
  };

  useImperativeHandle(ref, () => ({
    takeBack: (taken) => {
      takeBack(taken);
      input.current?.focus();
    },
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  const isNote = kind === 'note';
  return (
    <form
      className={classes.composer}
      data-note={isNote || undefined}
      data-shortcut="compose"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {only === null && (
        <SegmentedControl
          size="xs"
          mb="xs"
          aria-label={t('conversation.composer.kind')}
          value={kind}
          onChange={(value) => choose(value as MessageKind)}
          data={[
            { value: 'message', label: t('conversation.composer.message') },
            { value: 'note', label: t('conversation.composer.note') },
          ]}
        />
      )}
      <Textarea
        ref={input}
        aria-label={isNote ? t('conversation.composer.noteLabel') : t('conversation.composer.label')}
        placeholder={isNote ? t('conversation.composer.notePlaceholder') : t('conversation.composer.placeholder')}
        value={text}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={onKeyDown}
        error={broken && broken.code !== 'empty' ? brokenText(t, broken) : undefined}
        autosize
        minRows={2}
        maxRows={8}
      />
      <Group justify="space-between" mt="xs" gap="sm">
        <Text size="xs" c="dimmed" className={classes.hint}>
          {t('conversation.composer.hint', { key: IS_MAC ? '⌘' : t('conversation.composer.controlKey') })}
        </Text>
        <Group gap="sm" ml="auto">
          {left <= COUNTED_FROM && (
            <Text size="xs" c={left < 0 ? 'var(--mantine-color-error)' : 'dimmed'}>
              {left < 0
                ? t('conversation.composer.over', { count: -left })
                : t('conversation.composer.left', { count: left })}
            </Text>
          )}
          {aid?.(insert)}
          <Button
            type="submit"
            disabled={broken !== null}
            leftSection={isNote ? <IconNote size={18} aria-hidden /> : <IconSend2 size={18} aria-hidden />}
          >
            {isNote ? t('conversation.composer.addNote') : t('conversation.composer.send')}
          </Button>
        </Group>
      </Group>
    </form>
  );
}

function useTyping(): () => void {
  const socket = useSocket();
  const toldAt = useRef(0);
  return () => {
    if (Date.now() - toldAt.current < TYPING_EVERY_MS) return;
    toldAt.current = Date.now();
    socket.typing();
  };
}
