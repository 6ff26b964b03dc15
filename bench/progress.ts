/** Tells a person what is being measured: one line that changes on a terminal, a line for each step elsewhere. */
export interface Progress {
  /** A new step begins. */
  step(name: string): void;
  /** How far the step has come. */
  at(done: number, total: number): void;
  /** The line is left alone from now on. */
  end(): void;
}

/** Progress on a stream, which is standard error in life. */
export const progressOn = (stream: NodeJS.WriteStream): Progress => {
  let name = '';
  let toldTenths = 0;
  const show = (text: string) => stream.write(stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`);

  return {
    step: (next) => {
      name = next;
      toldTenths = 0;
      show(`${name} …`);
    },
    at: (done, total) => {
      const tenths = Math.floor((10 * done) / total);
      if (!stream.isTTY && tenths <= toldTenths) return;
      toldTenths = tenths;
      show(`${name}: ${Math.floor((100 * done) / total)} %`);
    },
    end: () => {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
};
