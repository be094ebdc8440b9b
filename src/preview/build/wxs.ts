/** Prepares WXS for the browser, and holds ours against the language that WeChat runs: ES5 without what it left out. */
import { transform } from 'esbuild'
import type { Faults } from './faults.js'

/**
 * `value.constructor` is a string in WXS, `'Array'`; functions are marked, so that the runtime can tell a WXS handler
 * from a method; modules are known without their ending. `__wxsType` and `__wxsMark` are the runtime's.
 */
export function browserWxs(source: string): string {
  const typed = withTypes(source)
  return `${typed.replace(/(require\(\s*['"][^'"]+)\.wxs(['"]\s*\))/g, '$1$2')};__wxsMark(module);`
}

const CONSTRUCTOR = '.constructor'

function withTypes(source: string): string {
  let typed = source
  for (let at = typed.lastIndexOf(CONSTRUCTOR); at > 0; at = typed.lastIndexOf(CONSTRUCTOR, at - 1)) {
    const after = typed.slice(at + CONSTRUCTOR.length)
    if (/^[\w$]/.test(after)) continue
    const from = operandStart(typed, at)
    typed = `${typed.slice(0, from)}__wxsType(${typed.slice(from, at)})${after}`
  }
  return typed
}

/** Where the expression begins that ends before `end`: names, dots, and brackets with all that they hold. */
function operandStart(source: string, end: number): number {
  let depth = 0
  let at = end
  for (; at > 0; at -= 1) {
    const sign = source[at - 1] as string
    if (sign === ')' || sign === ']') depth += 1
    else if (sign === '(' || sign === '[') {
      if (depth === 0) break
      depth -= 1
    } else if (depth === 0 && !/[\w$.]/.test(sign)) break
  }
  return at
}

/** Paths that a module requires, as written. */
export function requiredBy(source: string): string[] {
  return [...source.matchAll(/require\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, path = '']) => path)
}

/** `firstLine`: where the module begins in its file. */
export async function checkWxs(source: string, file: string, firstLine: number, faults: Faults): Promise<void> {
  try {
    await transform(source, { target: 'es5', logLevel: 'silent' })
  } catch (error) {
    for (const { text, location } of (error as { errors: Message[] }).errors) {
      faults.add(file, firstLine - 1 + (location?.line ?? 1), `WXS: ${text}`)
    }
  }
}

interface Message {
  text: string
  location: { line: number } | null
}
