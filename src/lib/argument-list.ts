/** Splits a line at its spaces, to write a program's arguments as one reads them. */
export function argumentList(line: string): string[] {
  return line.split(' ');
}
