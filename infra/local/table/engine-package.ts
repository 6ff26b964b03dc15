import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** For which machine an engine is looked for, and in the `node_modules` of which folder. */
export interface EnginePlace {
  readonly platform: string;
  readonly arch: string;
  readonly folder: string;
}

/** This machine and this project. */
export const ownPlace: EnginePlace = {
  platform: process.platform,
  arch: process.arch,
  folder: fileURLToPath(new URL('../../../', import.meta.url)),
};

const machines = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64', 'win32-x64'];

/** The package that has the DynamoDB engine for a machine; absent: its maker publishes none. */
export const enginePackageOf = ({ platform, arch }: EnginePlace): string | undefined => {
  const machine = `${platform}-${arch}`;
  return machines.includes(machine) ? `@dynoxide/${machine}` : undefined;
};

/** What `npm install --no-save` is given for a machine: the version that the project is tested with. */
export const pinnedEngineOf = (place: EnginePlace): string | undefined => {
  const name = enginePackageOf(place);
  return name && `${name}@${pinnedVersion()}`;
};

const pinnedVersion = (): string => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(ownPlace.folder, 'package.json'), 'utf8'));
  return optionalDependencies['@dynoxide/linux-x64'];
};

/** The file of the engine, if it is installed. */
export const findEngine = (place: EnginePlace): string | undefined => {
  const name = enginePackageOf(place);
  if (name === undefined) return undefined;
  const { resolve } = createRequire(join(place.folder, 'package.json'));
  try {
    return resolve(`${name}/${place.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide'}`);
  } catch {
    return undefined;
  }
};

/** Why nothing starts without an engine, and what to do. */
export const missingEngine = (place: EnginePlace): string => {
  const asked = pinnedEngineOf(place);
  const install = asked && `run \`npm start -- --install-engine\` or \`npm install --no-save ${asked}\`, or `;
  return `There is no DynamoDB engine for ${place.platform}-${place.arch} in node_modules: ${install ?? ''}set AWS_ENDPOINT_URL_DYNAMODB to any DynamoDB-compatible server.`;
};
