import { Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import styles from './facts.module.css';

/** A fact and what it is called; one without a value is left out. */
export type Fact = readonly [name: string, value: ReactNode];

/** Facts below one another, their names beside them. */
export const Facts = ({ of }: { readonly of: readonly Fact[] }) => (
  <dl className={styles.facts}>
    {of
      .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
      .map(([name, value]) => (
        <Fragment key={name}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm">
            {value}
          </Text>
        </Fragment>
      ))}
  </dl>
);
