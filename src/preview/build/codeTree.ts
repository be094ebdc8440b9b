/** The code tree as WeChat sees it: which file a path means, from where, and to which package it belongs. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

export const NPM = 'miniprogram_npm'

export class CodeTree {
  /** Roots of the subpackages, each without slashes at its ends. */
  subpackages: string[] = []

  constructor(
    /** The folder of app.json. */
    readonly source: string,
  ) {}

  /** `/work/miniprogram/pages/home/index.wxml` → `pages/home/index.wxml`. */
  pathOf(file: string): string {
    return relative(this.source, file).split(sep).join('/')
  }

  fileOf(path: string): string {
    return join(this.source, path)
  }

  has(file: string): boolean {
    return file.startsWith(this.source + sep)
  }

  /** Written by us, rather than laid from npm. */
  isOurs(file: string): boolean {
    return this.has(file) && !this.pathOf(file).startsWith(`${NPM}/`)
  }

  /** Root of the subpackage that a code path is in; empty for the main package. */
  packageOf(path: string): string {
    return this.subpackages.find((root) => path.startsWith(`${root}/`)) ?? ''
  }

  /** Only its own subpackage and the main package are there for sure. */
  isReachable(from: string, to: string): boolean {
    const home = this.packageOf(to)
    return home === '' || home === this.packageOf(from)
  }

  /**
   * The file that `spec` means when `from` names it, trying each ending: absolute, relative, or from a package in the
   * nearest `miniprogram_npm`. Undefined where there is none.
   */
  resolve(spec: string, from: string, endings: readonly string[]): string | undefined {
    const existing = (base: string) => endings.map((ending) => base + ending).find(isFile)
    if (spec.startsWith('/')) return existing(join(this.source, spec))
    const beside = existing(resolve(dirname(from), spec))
    if (beside !== undefined || spec.startsWith('.')) return beside
    for (let folder = dirname(from); folder.startsWith(this.source); folder = dirname(folder)) {
      const packed = existing(join(folder, NPM, spec))
      if (packed !== undefined) return packed
    }
    return undefined
  }
}

const isFile = (file: string) => existsSync(file) && statSync(file).isFile()
