import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Address } from './address.ts';

interface PlaceProps {
  /** The path behind `/console`. */
  readonly to: string;
  readonly search?: Address;
  readonly children: ReactNode;
}

/** A link to a screen of the console. */
export const Place = ({ to, search = {}, children }: PlaceProps) => (
  <Anchor component={Link} to={to as never} search={search as never} style={{ overflowWrap: 'anywhere' }} inherit>
    {children}
  </Anchor>
);

const LinkedButton = createLink(Button<'a'>);

/** A button that leads to a screen of the console. */
export const PlaceButton = ({ to, search = {}, children, ...looks }: PlaceProps & ButtonProps) => (
  <LinkedButton component="a" to={to as never} search={search as never} {...(looks as object)}>
    {children}
  </LinkedButton>
);
