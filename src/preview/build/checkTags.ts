/** Holds a template of ours against its JSON and the files beside it: tags that nobody declared, pictures not there. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { builtinTags, syntaxTags } from './builtinTags.js'
import type { CodeTree } from './codeTree.js'
import type { Faults } from './faults.js'
import { type Attribute, tagsOf } from './markup.js'
import type { Part } from './scan.js'

export function checkTags({ config, template }: Part, tree: CodeTree, faults: Faults): void {
  const generics = Object.keys((config['componentGenerics'] as object | undefined) ?? {})
  const declared = new Set([...Object.keys(config.usingComponents ?? {}), ...generics])
  for (const { name, line, attributes } of tagsOf(readFileSync(template, 'utf8'))) {
    if (!declared.has(name) && !builtinTags.has(name) && !syntaxTags.has(name)) {
      faults.add(template, line, `<${name}> is neither declared in the JSON nor one of WeChat's own components`)
    }
    if (name === 'image') for (const source of attributes.filter(isFixedPicture)) checkPicture(source)
  }

  function checkPicture({ value, line }: Attribute): void {
    const file = value.startsWith('/') ? tree.fileOf(value.slice(1)) : resolve(dirname(template), value)
    if (!existsSync(file)) faults.add(template, line, `there is no picture ${value}`)
  }
}

const isFixedPicture = ({ name, value }: Attribute) =>
  name === 'src' && value !== '' && !value.includes('{{') && !/^[a-z]+:/.test(value)
