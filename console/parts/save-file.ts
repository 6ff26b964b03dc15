/** Writes a file of the reader's from its parts as they come: straight to the disk where the browser can, else at the end. */
export const save = async (name: string, parts: AsyncIterable<string>): Promise<void> => {
  const writeTo = await chosenFile(name);
  if (writeTo === 'given up') return;
  if (writeTo === undefined) {
    const all: string[] = [];
    for await (const part of parts) all.push(part);
    return offer(name, new Blob(all, { type: 'text/csv;charset=utf-8' }));
  }
  try {
    for await (const part of parts) await writeTo.write(part);
    await writeTo.close();
  } catch (error) {
    await writeTo.abort();
    throw error;
  }
};

/** Offers what is here already as a download. */
export const offer = (name: string, content: Blob): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

type Picker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

const chosenFile = async (name: string): Promise<FileSystemWritableFileStream | 'given up' | undefined> => {
  const picker = 'showSaveFilePicker' in window ? (window.showSaveFilePicker as Picker) : undefined;
  // A program that drives the browser cannot answer its dialogue.
  if (!picker || navigator.webdriver) return undefined;
  try {
    const handle = await picker.call(window, { suggestedName: name });
    return await handle.createWritable();
  } catch {
    return 'given up';
  }
};
