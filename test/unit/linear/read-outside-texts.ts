import { parentPort, workerData } from 'node:worker_threads';
import { outsideParsers } from './outside-parsers.ts';
import { outsideTexts } from './outside-text.ts';

// Reads every text by one parser in a thread that can be ended, and says before each which one it is.
const parse = outsideParsers[String(workerData)];
if (!parse) throw new Error(`There is no parser of ${workerData}`);
for (const { name, text } of outsideTexts) {
  parentPort?.postMessage(name);
  try {
    await parse(text);
  } catch {
    // To be refused is one of the right ends.
  }
}
