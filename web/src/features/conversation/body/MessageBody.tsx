// What was said: prose with links, code and logs in blocks. A long text is shown whole only when asked for.
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from './CodeBlock';
import { useExpanded } from './expanded';
import { LinkedText } from './LinkedText';
import classes from './MessageBody.module.css';
import { beginningOf, partsOf } from './parts';

interface Props {
  id: string;
  body: string;
}

export function MessageBody({ id, body }: Props) {
  const { t } = useTranslation();
  const [isExpanded, toggle] = useExpanded(id);
  const { parts, beginning } = useMemo(() => {
    const all = partsOf(body);
    return { parts: all, beginning: beginningOf(all) };
  }, [body]);
  const shown = beginning && !isExpanded ? beginning : parts;
  return (
    <div className={classes.body}>
      {shown.map(({ type, text }, index) =>
        type === 'text' ? <LinkedText key={index} text={text} /> : <CodeBlock key={index} type={type} text={text} />,
      )}
      {beginning && (
        <Button size="compact-sm" variant="subtle" mt={4} ml={-8} aria-expanded={isExpanded} onClick={toggle}>
          {isExpanded ? t('conversation.body.less') : t('conversation.body.more')}
        </Button>
      )}
    </div>
  );
}
