/** Reads the JSON files of a mini-program; what is no JSON is named with its line. */
import { readFileSync } from 'node:fs'
import { type Faults, lineAt } from './faults.js'

/** An empty object where the file is no JSON, which is then among the faults. */
export function readJson<T extends object>(file: string, faults: Faults): T {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text) as T
  } catch (error) {
    const said = (error as Error).message
    const position = /position (\d+)/.exec(said)?.[1]
    faults.add(file, position === undefined ? lineAt(text, text.length) : lineAt(text, Number(position)), said)
    return {} as T
  }
}
