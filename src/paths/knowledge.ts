/** The way finder as this process holds it: its tables, checked at the start, and the index of its classes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSources } from '../guides/sources.js'
import { buildIndex, type GuideIndex } from '../guides/search.js'
import { readyBytes } from '../http/ready.js'
import type { Ready } from '../http/serve.js'
import { classOf, parsePathTables, type PathTables, type ProjectClass, titleOf } from './tables.js'

const parts = ['documents', 'authority', 'tracks', 'questions', 'contact'] as const

/** Throws ZodError with every fault of the tables. */
export function readPathTables(root: string): PathTables {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(root, 'seeds/way', `${name}.json`), 'utf8'))
  return parsePathTables({
    list: read('classes'),
    ...Object.fromEntries(parts.map((name) => [name, read(name)])),
  })
}

export class Paths {
  private readonly answers = new Map<string, Ready>()

  constructor(
    readonly tables: PathTables,
    private readonly index: GuideIndex,
  ) {}

  /** Without words, all classes in the order of the list. */
  search(q: string | undefined, limit: number, offset: number): { items: ProjectClass[]; total: number } {
    const { classes } = this.tables.list
    if (q === undefined) return { items: classes.slice(offset, offset + limit), total: classes.length }
    const asTyped = this.index.search(q, { limit, offset })
    const { items, total } = asTyped.total > 0 ? asTyped : this.index.search(matterOf(q), { limit, offset })
    return { items: items.flatMap(({ id }) => classOf(this.tables, id) ?? []), total }
  }

  /** The bytes of an answer about a class: one for each that there is, and one for those that there are not. */
  about(classCode: string | undefined, make: () => unknown): Ready {
    const key = classCode !== undefined && classOf(this.tables, classCode) ? classCode : ''
    const kept = this.answers.get(key)
    if (kept) return kept
    const made = readyBytes(JSON.stringify(make()))
    this.answers.set(key, made)
    return made
  }
}

export async function readPaths(root: string): Promise<Paths> {
  const tables = readPathTables(root)
  // What people mean by everyday words is said class by class; of the guides' words only the manner of asking is of use.
  const index = await buildIndex(tables.list.classes.map(docOf), { ...readSources().synonyms, everyday: [] })
  return new Paths(tables, index)
}

/** 「我想开一个塑料厂」 → 塑料: what is done, without the wish and the place to do it in. */
const matterOf = (q: string): string =>
  q
    .replace(/^(我们?|咱们?)?(要|想)?(要|想)?(新?开|新?办|新?建|做|搞|上|弄|干)?(一?[个家条座间])?/u, '')
    .replace(/(工?厂|公司|企业|项目|作坊|车间|基地|店铺?|生意|的)+$/u, '') || q

const docOf = (one: ProjectClass) => ({
  id: one.code,
  code: `第${one.code.padStart(3, '0')}项`,
  title: titleOf(one),
  aliases: [...(one.plain === undefined ? [] : [one.name]), ...(one.aliases ?? [])],
  level: 'city' as const,
  body: [one.group, one.name, ...one.lines.map(({ text }) => text)].join('\n'),
})
