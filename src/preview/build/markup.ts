/** Finds tags and attributes in WXML with their lines, for the checks that a compiler of one template cannot make. */
import { lineAt } from './faults.js'

export interface Tag {
  name: string
  line: number
  attributes: Attribute[]
}

export interface Attribute {
  name: string
  /** As written, with its braces. */
  value: string
  line: number
}

/** Comments and scripts hold no tags; a quoted value may hold anything. */
const TAG = /<!--[\s\S]*?-->|<wxs\b[^>]*>[\s\S]*?<\/wxs>|<([a-z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g
const ATTRIBUTE = /([^\s"'=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g

export function tagsOf(wxml: string): Tag[] {
  const tags: Tag[] = []
  for (const found of wxml.matchAll(TAG)) {
    const [whole, name, inside = ''] = found
    if (name === undefined) continue
    const insideAt = found.index + whole.length - 1 - inside.length
    const attributes = [...inside.matchAll(ATTRIBUTE)].map(
      ({ index, 1: attribute = '', 2: double, 3: single }): Attribute => ({
        name: attribute,
        value: double ?? single ?? '',
        line: lineAt(wxml, insideAt + index),
      }),
    )
    tags.push({ name, line: lineAt(wxml, found.index), attributes })
  }
  return tags
}
