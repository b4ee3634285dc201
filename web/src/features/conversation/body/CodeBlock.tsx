// Code or a log: unwrapped, in a block that scrolls in itself, with a button that copies it.
import { Button, CopyButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './CodeBlock.module.css';

interface Props {
  text: string;
  type: 'code' | 'log';
}

/** Browsers give no clipboard to pages that came over plain http. */
const CAN_COPY = 'clipboard' in navigator;

export function CodeBlock({ text, type }: Props) {
  const { t } = useTranslation();
  const label = t(`conversation.block.${type}`);
  return (
    <div className={classes.block}>
      <div className={classes.head}>
        {label}
        {CAN_COPY && <Copy text={text} />}
      </div>
      {/* A group and no region: a conversation with many logs would be all landmarks. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <pre className={classes.text} tabIndex={0} role="group" aria-label={label}>
        {text}
      </pre>
    </div>
  );
}

function Copy({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <>
          {/* What the button shows is said beside it; the conversation around it would say it a second time. */}
          <span aria-live="off">
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={copy}
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            >
              {copied ? t('conversation.block.copied') : t('conversation.block.copy')}
            </Button>
          </span>
          <VisuallyHidden role="status">{copied && t('conversation.block.copied')}</VisuallyHidden>
        </>
      )}
    </CopyButton>
  );
}
