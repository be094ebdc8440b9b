/** A copy of the built service beside the real one, in which something has been planted. */
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { ownFolder } from '../campaign/place.js'
import { type Plant, planted } from './plants.js'

export interface Copy {
  dist: string
  remove(): void
}

/** What a service reads beside its own files. */
const BESIDE = ['node_modules', 'seeds', 'package.json']

export async function copyWith(plant: Plant, dist: string): Promise<Copy> {
  const { folder, remove } = await ownFolder('planted')
  const copy = join(folder, 'dist')
  await mkdir(copy)
  const built = join(dist, 'preview', 'app')
  await cp(dist, copy, { recursive: true, filter: (from) => from !== built && !from.startsWith(built + sep) })
  for (const name of BESIDE) await symlink(join(dirname(dist), name), join(folder, name))
  for (const edit of plant.edits) {
    const file = join(copy, `${edit.file}.js`)
    await writeFile(file, planted(edit, await readFile(file, 'utf8')))
  }
  return { dist: copy, remove }
}
