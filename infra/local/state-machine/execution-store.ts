import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** One execution of a state machine; times are milliseconds. */
export interface Execution {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  /** JSON. */
  readonly input: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  /** JSON, of an execution that succeeded. */
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

/** Executions by their ARNs. */
export interface ExecutionStore {
  find(arn: string): Execution | undefined;
  insert(execution: Execution): void;
  end(arn: string, end: Pick<Execution, 'status' | 'output' | 'error' | 'cause'>): void;
  running(): Execution[];
  close(): void;
}

/** Executions in a database, which survives in a data folder and nowhere else. */
export const openExecutions = (dataDir: string | undefined): ExecutionStore => {
  if (dataDir) mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(dataDir ? join(dataDir, 'executions.sqlite') : ':memory:');
  database.exec(`CREATE TABLE IF NOT EXISTS executions (
    arn TEXT PRIMARY KEY, machineArn TEXT, name TEXT, input TEXT, status TEXT, startedAt INTEGER, stoppedAt INTEGER,
    output TEXT, error TEXT, cause TEXT)`);
  const read = (where: string, ...values: string[]) =>
    database.prepare(`SELECT * FROM executions WHERE ${where}`).all(...values) as unknown as Execution[];

  return {
    find: (arn) => read('arn = ?', arn)[0],
    insert: ({ arn, machineArn, name, input, status, startedAt, stoppedAt, output, error, cause }) => {
      database
        .prepare('INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
        .run(arn, machineArn, name, input, status, startedAt, stoppedAt, output, error, cause);
    },
    end: (arn, { status, output, error, cause }) => {
      database
        .prepare('UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stoppedAt = ? WHERE arn = ?')
        .run(status, output, error, cause, Date.now(), arn);
    },
    running: () => read("status = 'RUNNING'"),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
};
