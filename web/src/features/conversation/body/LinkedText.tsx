// Prose as it was written, with its links.
import { Anchor } from '@mantine/core';
import { useMemo } from 'react';
import { withLinks } from './links';
import classes from './MessageBody.module.css';

export function LinkedText({ text }: { text: string }) {
  const pieces = useMemo(() => withLinks(text), [text]);
  return (
    <div className={classes.text} dir="auto">
      {pieces.map(({ text: written, href }, index) =>
        href === null ? (
          written
        ) : (
          <Anchor key={index} href={href} inherit underline="always" className={classes.link} {...outside(href)}>
            {written}
          </Anchor>
        ),
      )}
    </div>
  );
}

/** Web pages open beside the conversation, learn nothing of it, and gain nothing by being named here. */
function outside(href: string) {
  return href.startsWith('mailto:') ? {} : { target: '_blank', rel: 'noopener noreferrer nofollow ugc' };
}
