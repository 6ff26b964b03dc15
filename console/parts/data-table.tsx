import { Checkbox, Skeleton, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './data-table.module.css';
import { useSpeech } from './language.tsx';

/** A column of a table. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
}

/** Which rows are picked. */
export interface Picking<Key> {
  readonly picked: ReadonlySet<Key>;
  readonly pick: (keys: ReadonlySet<Key>) => void;
}

interface DataTableProps<Row, Key extends string | number> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[] | undefined;
  readonly keyOf: (row: Row) => Key;
  readonly nameOf?: (row: Row) => string;
  readonly current?: Key | undefined;
  readonly picking?: Picking<Key> | undefined;
}

/** A table whose rows become cards on a phone; skeletons stand in it until there are rows. */
export const DataTable = <Row, Key extends string | number>(props: DataTableProps<Row, Key>) => {
  const { label, columns, rows, keyOf, picking } = props;
  const { say } = useSpeech();
  // A table that is shown as blocks is no table to screen readers any more, unless its roles say so.
  return (
    <div className={styles.scroll}>
      <Table
        className={styles.table}
        aria-label={label}
        role="table"
        highlightOnHover
        verticalSpacing={6}
        aria-busy={!rows}
      >
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {picking && (
              <Table.Th role="columnheader" className={styles.pick} w={36}>
                <PickAll keys={rows?.map(keyOf) ?? []} picking={picking} label={say('list.selectAll')} />
              </Table.Th>
            )}
            {columns.map(({ id, title, isNumber }) => (
              <Table.Th role="columnheader" key={id} ta={isNumber ? 'right' : undefined}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {rows ? rows.map((row) => <DataRow key={keyOf(row)} row={row} {...props} />) : <Waiting columns={columns} />}
        </Table.Tbody>
      </Table>
    </div>
  );
};

const DataRow = <Row, Key extends string | number>({
  row,
  columns,
  keyOf,
  nameOf,
  current,
  picking,
}: DataTableProps<Row, Key> & { readonly row: Row }) => {
  const { say } = useSpeech();
  const key = keyOf(row);
  return (
    <Table.Tr role="row" className={key === current ? styles.current : undefined}>
      {picking && (
        <Table.Td role="cell" className={styles.pick}>
          <Checkbox
            aria-label={say('list.select', { name: nameOf?.(row) ?? key })}
            checked={picking.picked.has(key)}
            onChange={(event) => picking.pick(withKey(picking.picked, key, event.currentTarget.checked))}
          />
        </Table.Td>
      )}
      {columns.map(({ id, title, cell, isNumber }) => (
        <Table.Td role="cell" key={id} data-label={title} ta={isNumber ? 'right' : undefined}>
          <div className={styles.clamp}>{cell(row)}</div>
        </Table.Td>
      ))}
    </Table.Tr>
  );
};

const PickAll = <Key,>({ keys, picking, label }: { keys: readonly Key[]; picking: Picking<Key>; label: string }) => {
  const count = keys.filter((key) => picking.picked.has(key)).length;
  return (
    <Checkbox
      aria-label={label}
      checked={count > 0 && count === keys.length}
      indeterminate={count > 0 && count < keys.length}
      onChange={(event) => picking.pick(new Set(event.currentTarget.checked ? keys : []))}
    />
  );
};

const withKey = <Key,>(keys: ReadonlySet<Key>, key: Key, isIn: boolean): ReadonlySet<Key> =>
  isIn ? new Set([...keys, key]) : new Set([...keys].filter((one) => one !== key));

const Waiting = ({ columns }: { readonly columns: readonly { readonly id: string }[] }) =>
  ['one', 'two', 'three', 'four', 'five'].map((line) => (
    <Table.Tr key={line} role="row">
      {columns.map(({ id }) => (
        <Table.Td key={id} role="cell">
          <Skeleton height={14} my={4} />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
