import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { contract } from '../../src/contract.js'
import { pagesOfApp, sourceFiles } from './source.js'

const nouns = [...new Set(Object.keys(contract).map((verb) => verb.split('.')[0]))].join('|')
const verbLike = new RegExp(`['"\`]((?:${nouns})\\.[a-zA-Z]+)['"\`]`, 'g')
const pageLike = /['"`]\/((?:pages|officer|supervisor|enforcement|tips)\/[\w-]+\/index)/g

describe('the mini-program calls things by their names', () => {
  it('every verb it speaks of is one of the contract', () => {
    const spoken = sourceFiles('.ts').flatMap(({ path, text }) =>
      [...text.matchAll(verbLike)].map(([, verb = '']) => ({ path, verb })),
    )
    assert.ok(spoken.length > 20, `only ${spoken.length} verbs were found: is the pattern still right?`)
    assert.deepEqual(
      spoken.filter(({ verb }) => !Object.hasOwn(contract, verb)),
      [],
    )
  })

  it('every page it opens is one of app.json', () => {
    const pages = new Set(pagesOfApp())
    const opened = [...sourceFiles('.ts'), ...sourceFiles('.wxml')].flatMap(({ path, text }) =>
      [...text.matchAll(pageLike)].map(([, page = '']) => ({ path, page })),
    )
    assert.ok(opened.length > 5, `only ${opened.length} were found: is the pattern still right?`)
    assert.deepEqual(
      opened.filter(({ page }) => !pages.has(page)),
      [],
    )
  })

  it('every message of WeChat opens a page of app.json', () => {
    const pages = new Set(pagesOfApp())
    const file = new URL('../../seeds/wechat/templates.json', import.meta.url)
    const { templates } = JSON.parse(readFileSync(file, 'utf8')) as { templates: { key: string; page: string }[] }
    assert.deepEqual(
      templates.filter(({ page }) => !pages.has(page)),
      [],
    )
  })

  // Phones of people run what their WeChat has: iOS 14 knows none of these.
  it('leans on nothing that older phones lack', () => {
    const newer = /\.(at|findLast|findLastIndex|toSorted|toReversed|with)\(|structuredClone|Object\.groupBy|Intl\./
    const found = sourceFiles('.ts').filter(({ text }) => newer.test(text.replace(/doubts\.at\(/g, '')))
    assert.deepEqual(
      found.map(({ path }) => path),
      [],
    )
  })

  it('sizes icons by the tokens: what is measured in the width of a phone is huge on a computer', () => {
    const measured = sourceFiles('.wxml').filter(({ text }) => /\bsize="\d+rpx"/.test(text))
    assert.deepEqual(
      measured.map(({ path }) => path),
      [],
    )
  })

  it('no page but services/request and services/upload talks to the server by itself', () => {
    const talking = sourceFiles('.ts').filter(({ text }) => /wx\.(request|uploadFile)\b/.test(text))
    assert.deepEqual(talking.map(({ path }) => path).sort(), ['services/request.ts', 'services/upload.ts'])
  })
})
