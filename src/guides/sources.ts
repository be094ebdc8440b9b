/** The files that guides rest on: legal texts and everyday words, read from `seeds/` once. */
import { readdirSync, readFileSync } from 'node:fs'
import { GuideContent, LawText } from './content.js'
import type { Laws } from './laws.js'
import type { Synonyms } from './search.js'

const seeds = new URL('../../seeds/', import.meta.url)
const readJson = (file: string): unknown => JSON.parse(readFileSync(new URL(file, seeds), 'utf8'))
const readFolder = (folder: string): unknown[] =>
  readdirSync(new URL(folder, seeds))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readJson(`${folder}${name}`))

export interface Sources {
  laws: Laws
  synonyms: Synonyms
}

let sources: Sources | undefined

export function readSources(): Sources {
  sources ??= {
    laws: new Map(
      readFolder('law/')
        .map((json) => LawText.parse(json))
        .map((law) => [law.id, law]),
    ),
    synonyms: readJson('search/synonyms.json') as Synonyms,
  }
  return sources
}

/** The guides that a new installation starts with. */
export const readSeedGuides = (): GuideContent[] => readFolder('guides/').map((json) => GuideContent.parse(json))
