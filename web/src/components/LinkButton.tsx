// Mantine's button and anchor as links of the router.
import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';

type Target = Pick<LinkProps, 'to' | 'state' | 'replace' | 'onClick'> & { children: ReactNode };

export function LinkButton(props: ButtonProps & Target) {
  return <Button component={Link} {...props} />;
}

export function LinkText(props: AnchorProps & Target) {
  return <Anchor component={Link} {...props} />;
}
