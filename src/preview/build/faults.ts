/** What is wrong with the source: gathered, so that one build names every place that has to be mended. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

export interface Fault {
  /** Absolute. */
  file: string
  /** From 1; 0 where the whole file is meant. */
  line: number
  message: string
}

export class BuildFailed extends Error {
  override readonly name = 'BuildFailed'

  constructor(
    readonly faults: readonly Fault[],
    root: string,
  ) {
    super([...new Set(faults.map((fault) => written(fault, root)))].join('\n'))
  }
}

const written = ({ file, line, message }: Fault, root: string) =>
  `${relative(root, file)}${line > 0 ? `:${line}` : ''}: ${message}`

export class Faults {
  readonly found: Fault[] = []

  add(file: string, line: number, message: string): void {
    this.found.push({ file, line, message })
  }

  /** At the first place where `text` stands in the file. */
  addAt(file: string, text: string, message: string): void {
    this.add(file, lineOf(readFileSync(file, 'utf8'), text), message)
  }

  /** @throws BuildFailed with everything that was found */
  throwIfAny(root: string): void {
    if (this.found.length > 0) throw new BuildFailed(this.found, root)
  }
}

/** The line on which `text` stands first; 0 where it does not. */
function lineOf(content: string, text: string): number {
  const at = content.indexOf(text)
  return at < 0 ? 0 : lineAt(content, at)
}

/** The line of a position. */
export function lineAt(content: string, position: number): number {
  let line = 1
  for (let at = content.indexOf('\n'); at >= 0 && at < position; at = content.indexOf('\n', at + 1)) line += 1
  return line
}
