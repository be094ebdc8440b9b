/** Our own files of the mini-program, read once. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SourceFile {
  /** Absolute. */
  file: string
  text: string
}

const READ = /\.(json|ts|js|wxml|wxss|wxs)$/
const LEFT_OUT = ['miniprogram_npm', 'node_modules']

export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): SourceFile[] => {
    const file = join(folder, entry.name)
    if (entry.isDirectory()) return LEFT_OUT.includes(entry.name) ? [] : sourceFiles(file)
    return READ.test(entry.name) ? [{ file, text: readFileSync(file, 'utf8') }] : []
  })
}
