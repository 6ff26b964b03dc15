/** How far an import has come. */
export interface ImportProgress {
  readonly read: number;
  readonly total: number;
  /** Whether `total` is known for good. */
  readonly isComplete: boolean;
  readonly rowsPerSecond?: number | undefined;
  readonly isPaused?: boolean;
}

const width = 30;

/** One line that says how far an import has come, how fast it is and, once all rows are known, how long it will take. */
export const importLine = ({ read, total, isComplete, isPaused, rowsPerSecond = 0 }: ImportProgress): string => {
  if (isPaused) return `Paused at ${inThousands(read)} of ${inThousands(total)} rows`;
  const rate = rowsPerSecond > 0 ? `, ${inThousands(Math.round(rowsPerSecond))} rows a second` : '';
  if (!isComplete) return `Reading the file: ${inThousands(total)} rows so far, ${inThousands(read)} done${rate}`;
  const share = total === 0 ? 1 : read / total;
  const full = Math.floor(width * share);
  const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
  const rest = rowsPerSecond > 0 && read < total ? `, ${inTime((total - read) / rowsPerSecond)} left` : '';
  const percent = String(Math.floor(100 * share)).padStart(3);
  return `${bar} ${percent} %  ${inThousands(read)} of ${inThousands(total)} rows${rate}${rest}`;
};

/** One line that says how much of a file was sent. */
export const sendingLine = (sent: number, size: number): string =>
  `Sending the file: ${size === 0 ? 100 : Math.floor((100 * sent) / size)} % of ${megabytes(size)} MB`;

/** A whole number as people write it. */
export const inThousands = (value: number): string => value.toLocaleString('en');

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);

const inTime = (seconds: number): string => {
  const whole = Math.ceil(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
};

/** Shows lines of progress. */
export interface Bar {
  show(line: string): void;
  /** The last line is left alone from now on. */
  end(): void;
}

/** On a terminal one line that changes; elsewhere a line now and then, each once. */
export const barOn = (stream: NodeJS.WriteStream, now: () => number = Date.now): Bar => {
  let shown = '';
  let shownAt = -Infinity;
  return {
    show: (line) => {
      if (line === shown || (!stream.isTTY && now() - shownAt < plainEveryMilliseconds)) return;
      stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
      shown = line;
      shownAt = now();
    },
    end: () => {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
};

const plainEveryMilliseconds = 5_000;
