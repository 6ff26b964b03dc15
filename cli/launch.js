/* What `npm start` runs: plain JavaScript, so that an older Node can say in a sentence what is missing. */

if (Number.parseInt(process.versions.node, 10) >= 24) {
  await import('./start.ts');
} else {
  console.error(`This is Node ${process.versions.node}, and Node 24 is not in node_modules: run \`npm ci\` first.`);
  process.exitCode = 1;
}
