// One part of a page, under its heading.
import { Paper, Text, Title } from '@mantine/core';
import { type ReactNode, type Ref, useId } from 'react';

interface Props {
  title: string;
  text?: string;
  /** The heading, where the focus goes when its place in the section is gone. */
  headingRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

export function Section({ title, text, headingRef, children }: Props) {
  const id = useId();
  return (
    <Paper
      component="section"
      aria-labelledby={id}
      withBorder
      radius="lg"
      p={{ base: 'md', xs: 'xl' }}
      style={{ borderColor: 'var(--app-line)' }}
    >
      <Title order={2} id={id} ref={headingRef} tabIndex={-1} mb={text ? 4 : 'md'} style={{ outline: 'none' }}>
        {title}
      </Title>
      {text && (
        <Text c="dimmed" size="sm" mb="md">
          {text}
        </Text>
      )}
      {children}
    </Paper>
  );
}
