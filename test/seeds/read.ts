// Reads a seed file as a new installation would, by its path under seeds/.
import { readFileSync } from 'node:fs'

export function readSeed<Content>(path: string): Content {
  return JSON.parse(readFileSync(new URL(`../../seeds/${path}`, import.meta.url), 'utf8')) as Content
}
