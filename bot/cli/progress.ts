/** A bar on stderr while vectors are made; one line every tenth where stderr is no terminal. */
export function progressBar(label: string): (done: number, total: number) => void {
  const width = 30;
  let lastTenth = -1;
  return (done, total) => {
    const share = total === 0 ? 1 : done / total;
    if (process.stderr.isTTY) {
      const filled = Math.round(share * width);
      const bar = '\u2588'.repeat(filled) + '\u2591'.repeat(width - filled);
      process.stderr.write(`\r${label} ${bar} ${done}/${total}${done >= total ? '\n' : ''}`);
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth === lastTenth) return;
    lastTenth = tenth;
    process.stderr.write(`${label} ${done}/${total}\n`);
  };
}
