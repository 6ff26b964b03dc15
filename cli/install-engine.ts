import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { CannotStart } from '#infra/local/engine/engine.ts';
import {
  type EnginePlace,
  findEngine,
  missingEngine,
  ownPlace,
  pinnedEngineOf,
} from '#infra/local/table/engine-package.ts';

/** Whether and how a missing engine is installed. */
export interface EngineOffer {
  /** By `--install-engine`. */
  readonly isAsked: boolean;
  readonly place?: EnginePlace;
  /** Absent: there is nobody to ask. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  readonly install?: (asked: string, place: EnginePlace) => Promise<void>;
}

/**
 * Installs the one package that has this machine's DynamoDB engine, if it is missing and a flag or an answer asks for it.
 * Throws `CannotStart` if there is still none afterwards.
 */
export const installEngineIfMissing = async ({
  isAsked,
  place = ownPlace,
  ask = process.stdin.isTTY && process.stdout.isTTY ? askOnTerminal : undefined,
  install = installWithNpm,
}: EngineOffer): Promise<void> => {
  if (findEngine(place) !== undefined) return;
  const asked = pinnedEngineOf(place);
  const question = `There is no DynamoDB engine for ${place.platform}-${place.arch} in node_modules. Install ${asked} there with npm? [Y/n] `;
  if (asked === undefined || !(isAsked || (ask && isYes(await ask(question))))) {
    throw new CannotStart(missingEngine(place));
  }
  await install(asked, place);
  if (findEngine(place) === undefined) throw new CannotStart(`${asked} is installed, but its engine is not in it.`);
};

const isYes = (answer: string): boolean => ['', 'y', 'yes'].includes(answer.trim().toLowerCase());

const askOnTerminal = async (question: string): Promise<string> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl+D and Ctrl+C answer nothing at all.
  const closed = once(terminal, 'close').then(() => 'no');
  try {
    return await Promise.race([terminal.question(question), closed]);
  } finally {
    terminal.close();
  }
};

/** Changes neither `package.json` nor the lockfile, which the registry that made it cannot complete. */
const installWithNpm = async (asked: string, { folder }: EnginePlace): Promise<void> => {
  const npm = process.env.npm_execpath;
  // Windows starts npm's own file only through a shell; its script needs none.
  const [command = 'npm', ...first] = npm?.endsWith('npm-cli.js') ? [process.execPath, npm] : ['npm'];
  const args = [...first, 'install', '--no-save', '--no-audit', '--no-fund', asked];
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = await Promise.race([
    once(child, 'exit').then(([code]) => code === 0),
    once(child, 'error').then(() => false),
  ]);
  if (!ended) throw new CannotStart(`npm could not install ${asked}: run \`npm install --no-save ${asked}\`.`);
};
