/**
 * Lines that say what is being done, each with the seconds since the start.
 * @returns {(line: string) => void}
 */
export function progress() {
  return (line) => console.log(`[${process.uptime().toFixed(1).padStart(5)} s] ${line}`);
}
